// Inline buttons: their colours, their spinner while the bot has not answered, and what a press does.

import { coloured } from "./controls.js";
import { el, safeUrl } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const MARKS = { url: "link", web_app: "link", copy: "copy", switch: "forward" };

/** Return one button; `onTap(data)` is called for a callback button, `onCopied(text)` after a copy. */
export function buttonOf(button, onTap, onCopied) {
  const { label, kind, data, url, style, disabled } = button;
  const face = [el("span.inline-label", null, label), MARKS[kind] ? icon(MARKS[kind]) : null];
  const spec = coloured("inline-button", style);
  const href = (kind === "url" || kind === "web_app") && safeUrl(url);
  if (href) return el(`a.${spec}`, { href, target: "_blank", rel: "noreferrer noopener", title: href }, face);
  const node = el(
    `button.${spec}`,
    { type: "button", disabled: disabled || kind === "disabled" || kind === "other" },
    face,
  );
  if (kind === "callback") {
    node.dataset.data = data;
    node.addEventListener("click", () => node.getAttribute("aria-busy") !== "true" && onTap(data));
  }
  if (kind === "copy") node.addEventListener("click", () => copy(button.copy, onCopied));
  return node;
}

async function copy(text, onCopied) {
  await navigator.clipboard.writeText(text);
  onCopied?.(text);
}

/** Return the rows of a message's inline keyboard. */
export function inlineKeyboard(rows, onTap, onCopied) {
  const lines = rows.map((row) =>
    el(
      "div.inline-row",
      null,
      row.map((button) => buttonOf(button, onTap, onCopied)),
    ),
  );
  return el("div.inline-keyboard", { role: "group", "aria-label": t("Buttons") }, lines);
}

/** Show or end the spinner of every button with this data inside `root`. */
export function markBusy(root, data, busy) {
  for (const node of root.querySelectorAll("button.inline-button")) {
    if (node.dataset.data !== data) continue;
    node.setAttribute("aria-busy", String(busy));
  }
}
