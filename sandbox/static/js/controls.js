// The controls that appear in many places.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const COLOURS = new Set(["danger", "success", "primary"]);

/** Return a round button with an icon; `kind` is one more class. */
export function roundButton(name, label, onclick, kind) {
  const spec = kind ? `button.round.${kind}` : "button.round";
  return el(spec, { type: "button", "aria-label": label, title: label, onclick }, icon(name));
}

/** Return an element description with the class of a Bot API button style, if it is one. */
export function coloured(spec, style) {
  return COLOURS.has(style) ? `${spec}.${style}` : spec;
}

/** Return the mark that says how much is unread, or null for nothing. */
export function unreadMark(count) {
  return count ? el("span.unread", { "aria-label": t("{0} unread", count) }, count) : null;
}

/** Return one tab of a tab list; the arrow keys go to its neighbours. */
export function tab(chosen, choose, ...children) {
  const onkeydown = (event) => {
    const side = { ArrowRight: "nextElementSibling", ArrowLeft: "previousElementSibling" }[event.key];
    const other = side && event.currentTarget[side];
    other?.focus();
    other?.click();
  };
  const state = { "aria-selected": String(chosen), tabindex: chosen ? 0 : -1 };
  return el("button.tab", { type: "button", role: "tab", ...state, onclick: choose, onkeydown }, children);
}
