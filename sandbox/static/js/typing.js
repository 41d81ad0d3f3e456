// The line that says a bot is typing, or sending a file, for as long as Telegram shows it.

import { el } from "./dom.js";
import { t } from "./words.js";

const SHOWN_MS = 5000;

export class Typing {
  #timer = 0;
  element = el("span.typing", { hidden: true });

  /** Show a chat action, or none. */
  show(action) {
    clearTimeout(this.#timer);
    this.element.hidden = !action;
    this.element.textContent = action?.startsWith("upload") ? t("sending a file…") : t("typing…");
    if (action) this.#timer = setTimeout(() => this.show(null), SHOWN_MS);
  }
}
