// The drawer at the right: the API log and the faults.

import { CallLog } from "./call_log.js";
import { el } from "./dom.js";
import { Faults } from "./faults.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

export class Drawer {
  #store;
  #sections;
  #body = el("div.drawer-body", null);
  #tabs;
  #count = el("span.unread.bad", { hidden: true });
  #close = el("button.round", { type: "button", "aria-label": t("Close the drawer"), onclick: () => this.toggle(false) }, icon("close"));
  toggler = el("button.tool", { type: "button", "aria-expanded": "false", "aria-controls": "drawer", "aria-label": t("API log and faults"), title: t("API log and faults"), onclick: () => this.toggle() },
    icon("log"), el("span.tool-words", null, t("API")), this.#count);
  element;

  constructor(store, panes) {
    this.#store = store;
    const log = new CallLog(store, () => !this.element.hidden && log.element.isConnected);
    const faults = new Faults(store, panes);
    this.#sections = [["API log", "log", log], ["Faults", "bolt", faults]];
    this.#tabs = this.#sections.map(([title, name], index) =>
      el("button.tab", { type: "button", role: "tab", onclick: () => this.#choose(index), onkeydown: (event) => this.#onKey(event, index) }, icon(name), el("span", null, t(title))));
    this.element = el("aside.drawer", { id: "drawer", hidden: true, "aria-label": t("API log and faults"), onkeydown: (event) => event.key === "Escape" && this.toggle(false) },
      el("header.drawer-head", null, el("div.tabs", { role: "tablist" }, this.#tabs), this.#close), this.#body);
    store.addEventListener("calls", () => this.#drawCount());
    this.#choose(0);
  }

  toggle(open = this.element.hidden) {
    this.element.hidden = !open;
    this.toggler.setAttribute("aria-expanded", String(open));
    if (open) {
      this.#sections.forEach(([, , section]) => section.show?.());
      this.#store.refused = 0;
      this.#drawCount();
      this.#tabs.find((tab) => tab.tabIndex === 0).focus();
    } else this.toggler.focus();
  }

  #choose(chosen) {
    this.#tabs.forEach((tab, index) => {
      tab.setAttribute("aria-selected", String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
    });
    this.#body.replaceChildren(this.#sections[chosen][2].element);
    this.#sections[chosen][2].show?.();
  }

  #onKey(event, index) {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = 1 - index;
    this.#choose(other);
    this.#tabs[other].focus();
  }

  #drawCount() {
    if (!this.element.hidden) this.#store.refused = 0;
    const { refused } = this.#store;
    this.#count.hidden = refused === 0;
    this.#count.textContent = refused > 99 ? "99+" : refused;
    this.#count.setAttribute("aria-label", t("{0} refused", refused));
  }
}
