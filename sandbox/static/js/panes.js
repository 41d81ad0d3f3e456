// Up to three persons side by side; the address says who.

import { noteOpen, readAddress } from "./address.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { Pane } from "./pane.js";
import { t } from "./words.js";

const MOST = 3;

/** Emits "change" when other persons are open. */
export class Panes extends EventTarget {
  #store;
  #stream;
  #panes = [];
  #empty = el(
    "div.empty",
    null,
    icon("people"),
    el("p", null, t("Choose a person to see the chat with that person's eyes.")),
    el("p.quiet", null, t("Shift+Enter or the button at the right opens up to three side by side.")),
  );
  element = el("main.panes", { "aria-label": t("Chats") }, this.#empty);

  constructor(store, stream) {
    super();
    this.#store = store;
    this.#stream = stream;
    addEventListener("popstate", () => this.show(readAddress().as, { note: false }));
  }

  get ids() {
    return this.#panes.map((pane) => pane.personId);
  }

  /** Open one person alone, or beside those who are open. */
  open(id, { beside = false } = {}) {
    if (this.ids.includes(id)) return this.#panes.find((pane) => pane.personId === id).focus();
    this.show(beside ? [...this.ids, id].slice(-MOST) : [...this.ids.slice(0, -1), id]);
  }

  /** Show exactly these persons, in this order. */
  async show(ids, { note = true } = {}) {
    const wanted = ids.filter((id) => this.#store.persons.has(id)).slice(0, MOST);
    for (const pane of this.#panes) if (!wanted.includes(pane.personId)) pane.close();
    const kept = this.#panes.filter((pane) => wanted.includes(pane.personId));
    this.#panes = wanted.map((id) => kept.find((pane) => pane.personId === id) ?? this.#newPane(id));
    this.element.replaceChildren(...(wanted.length ? this.#panes.map((pane) => pane.element) : [this.#empty]));
    if (note) noteOpen(wanted);
    this.dispatchEvent(new Event("change"));
    const fresh = this.#panes.filter((pane) => !kept.includes(pane));
    await Promise.all(fresh.map((pane) => pane.open()));
    if (matchMedia("(hover: hover)").matches) fresh.at(-1)?.focus();
  }

  #newPane(personId) {
    return new Pane({
      personId,
      store: this.#store,
      stream: this.#stream,
      onClose: () => this.show(this.ids.filter((id) => id !== personId)),
    });
  }
}
