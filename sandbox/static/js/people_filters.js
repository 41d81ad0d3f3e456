// The choices above the list of persons: one per tag, and only those with unread messages.

import { el } from "./dom.js";
import { t } from "./words.js";

export class PeopleFilters {
  chosen = {};
  unreadOnly = false;
  #onChange;
  #drawn = "";
  #choices = el("div.filter-choices", null);
  #unread = el(
    "button.chip",
    { type: "button", "aria-pressed": "false", onclick: () => this.#toggleUnread() },
    t("Unread"),
  );
  element = el("div.filters", null, this.#choices, this.#unread);

  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** Offer these tags, `{key: Map(value → count)}`. */
  show(counts) {
    const tags = Object.entries(counts);
    const state = JSON.stringify(tags.map(([key, values]) => [key, [...values]]));
    if (state === this.#drawn) return;
    this.#drawn = state;
    this.#choices.replaceChildren(...tags.map(([key, values]) => this.#choice(key, values)));
  }

  #choice(key, values) {
    const choose = (event) => {
      this.chosen[key] = event.currentTarget.value;
      this.#onChange();
    };
    const all = el("option", { value: "" }, t("All: {0}", t(key)));
    const options = [...values].map(([value, count]) =>
      el("option", { value, selected: this.chosen[key] === value }, `${value} (${count})`),
    );
    return el("select.chip", { "aria-label": t(key), onchange: choose }, all, options);
  }

  #toggleUnread() {
    this.unreadOnly = !this.unreadOnly;
    this.#unread.setAttribute("aria-pressed", String(this.unreadOnly));
    this.#onChange();
  }
}
