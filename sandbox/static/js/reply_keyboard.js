// The bot's reply keyboard below the field, and the button that hides it.

import { coloured, roundButton } from "./controls.js";
import { el } from "./dom.js";
import { t } from "./words.js";

export class ReplyKeyboard {
  #say;
  element = el("div.reply-keyboard", { hidden: true, role: "group", "aria-label": t("The bot's keyboard") });
  toggler = roundButton("keyboard", t("The bot's keyboard"), () => (this.element.hidden = !this.element.hidden));

  /** `say(text)` says a key's label. */
  constructor(say) {
    this.#say = say;
    this.show(null);
  }

  /** Show these rows of Bot API keys, or nothing. */
  show(rows) {
    this.toggler.hidden = !rows?.length;
    this.element.hidden = !rows?.length;
    const lines = (rows ?? []).map((row) => row.map((key) => this.#key(key)));
    this.element.replaceChildren(...lines.map((keys) => el("div.inline-row", null, keys)));
  }

  #key({ text, style }) {
    const label = el("span.inline-label", null, text);
    return el(coloured("button.inline-button", style), { type: "button", onclick: () => this.#say(text) }, label);
  }
}
