// Toasts and alerts of one chat: what a bot answers to a tap, and what the sandbox refuses.

import { el, safeUrl } from "./dom.js";
import { refusalWords } from "./server_words.js";
import { t } from "./words.js";

const TOAST_MS = 4500;

export class Notices {
  element = el("div.notices", { role: "status", "aria-live": "polite" });

  /** Show a sentence for a moment; `tone` is "bad" for a refusal. */
  toast(text, tone) {
    const toast = el(tone ? `div.toast.${tone}` : "div.toast", null, text);
    this.element.replaceChildren(toast);
    setTimeout(() => toast.remove(), TOAST_MS);
  }

  /** Show what a bot answered: nothing, a toast, an alert, a link. */
  answer(answer) {
    if (!answer) return;
    if (answer.url) alertBox(answer.text || t("The bot opens a link"), answer.url);
    else if (answer.text && answer.alert) alertBox(answer.text);
    else if (answer.text) this.toast(answer.text);
  }

  /** Run `work`; a refusal is shown as a toast. */
  async trying(work) {
    try {
      return await work();
    } catch (error) {
      this.toast(refusalWords(error.message), "bad");
      return null;
    }
  }
}

function alertBox(text, url) {
  const href = url && safeUrl(url);
  const box = el(
    "dialog.alert",
    { role: "alertdialog", "aria-label": t("Message from the bot"), onclose: () => box.remove() },
    el("p", null, text),
    href ? el("a", { href, target: "_blank", rel: "noreferrer noopener" }, href) : null,
    el("form", { method: "dialog" }, el("button.solid", { autofocus: true }, t("OK"))),
  );
  document.body.append(box);
  box.showModal();
}
