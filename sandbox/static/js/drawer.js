// The drawer at the right: the API log and the faults.

import { CallLog } from "./call_log.js";
import { roundButton, tab } from "./controls.js";
import { el } from "./dom.js";
import { Faults } from "./faults.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

export class Drawer {
  #store;
  #sections;
  #body = el("div.drawer-body", null);
  #tabs = el("div.tabs", { role: "tablist" });
  #count = el("span.unread.bad", { hidden: true });
  toggler = el(
    "button.tool",
    {
      type: "button",
      "aria-expanded": "false",
      "aria-controls": "drawer",
      "aria-label": t("API log and faults"),
      title: t("API log and faults"),
      onclick: () => this.toggle(),
    },
    icon("log"),
    el("span.tool-words", null, t("API")),
    this.#count,
  );
  element;

  constructor(store, panes) {
    this.#store = store;
    const log = new CallLog(store, () => !this.element.hidden && log.element.isConnected);
    const faults = new Faults(store, panes);
    this.#sections = [
      ["API log", "log", log],
      ["Faults", "bolt", faults],
    ];
    const close = roundButton("close", t("Close the drawer"), () => this.toggle(false));
    const about = { id: "drawer", hidden: true, "aria-label": t("API log and faults") };
    const onkeydown = (event) => event.key === "Escape" && this.toggle(false);
    const head = el("header.drawer-head", null, this.#tabs, close);
    this.element = el("aside.drawer", { ...about, onkeydown }, head, this.#body);
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
      this.#tabs.querySelector("[aria-selected=true]").focus();
    } else this.toggler.focus();
  }

  #choose(chosen) {
    const focused = this.#tabs.contains(document.activeElement);
    const tabs = this.#sections.map(([title, name], index) =>
      tab(index === chosen, () => this.#choose(index), icon(name), el("span", null, t(title))),
    );
    this.#tabs.replaceChildren(...tabs);
    if (focused) tabs[chosen].focus();
    const [, , section] = this.#sections[chosen];
    this.#body.replaceChildren(section.element);
    section.show?.();
  }

  #drawCount() {
    if (!this.element.hidden) this.#store.refused = 0;
    const { refused } = this.#store;
    this.#count.hidden = refused === 0;
    this.#count.textContent = refused > 99 ? "99+" : refused;
    this.#count.setAttribute("aria-label", t("{0} refused", refused));
  }
}
