// The newest pinned message above a chat; each press goes to the next older one.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

export class PinBar {
  #ids = [];
  #at = 0;
  #jump;
  #fetch;
  #words = el("span.pin-words", null);
  #count = el("span.pin-count", null);
  element = el(
    "button.pin-bar",
    { type: "button", hidden: true, onclick: () => this.#press() },
    icon("pin"),
    el("b", null, t("Pinned")),
    this.#words,
    this.#count,
  );

  constructor(jump, fetchMessage) {
    this.#jump = jump;
    this.#fetch = fetchMessage;
  }

  /** Show these pins; `known` are messages at hand. */
  show(ids, known) {
    this.#ids = [...ids].sort((a, b) => b - a);
    this.#at = 0;
    this.element.hidden = ids.length === 0;
    this.#draw(known);
  }

  #press() {
    this.#jump(this.#ids[this.#at]);
    this.#at = (this.#at + 1) % this.#ids.length;
    this.#draw([]);
  }

  async #draw(known) {
    const id = this.#ids[this.#at];
    if (!id) return;
    this.#count.textContent = this.#ids.length > 1 ? `${this.#at + 1}/${this.#ids.length}` : "";
    const message = known.find((each) => each.message_id === id) ?? (await this.#fetch(id));
    if (id !== this.#ids[this.#at]) return;
    this.#words.textContent = message ? message.text || message.caption || (message.photo ? t("Photo") : "") : "";
  }
}
