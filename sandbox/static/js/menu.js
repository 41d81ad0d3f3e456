// A small menu beside the control that opened it, usable by keyboard.

import { el } from "./dom.js";
import { icon } from "./icons.js";

let open = null;

/** Show `items` `{label, icon, onclick, danger}` at a point `{x, y}`; the focus returns to `from`. */
export function showMenu(items, point, from) {
  open?.remove();
  const buttons = items.map((item) => menuItem(item));
  const menu = el("div.menu", { role: "menu", popover: "auto", onkeydown: (event) => onKey(event, buttons) }, buttons);
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const held = menu.contains(document.activeElement) || document.activeElement === document.body;
    menu.remove();
    if (held) from?.focus({ preventScroll: true });
  });
  document.body.append(menu);
  menu.showPopover();
  place(menu, point);
  buttons[0]?.focus();
  open = menu;
}

/** Return the point below a control; its upper and right edges serve where there is no room. */
export function below(control) {
  const { left, right, top, bottom } = control.getBoundingClientRect();
  return { x: left, right, top: top - 4, y: bottom + 4 };
}

function menuItem({ label, icon: name, onclick, danger, hint }) {
  const choose = (event) => {
    event.currentTarget.closest(".menu").hidePopover();
    onclick();
  };
  return el(
    danger ? "button.menu-item.danger" : "button.menu-item",
    { type: "button", role: "menuitem", onclick: choose },
    name ? icon(name) : null,
    el("span", null, label),
    hint ? el("span.menu-hint", null, hint) : null,
  );
}

function place(menu, { x, y, right, top }) {
  const { width, height } = menu.getBoundingClientRect();
  const left = x + width > innerWidth - 8 ? (right ?? x) - width : x;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  const above = y + height > innerHeight - 8 && top !== undefined ? top - height : y;
  menu.style.top = `${Math.max(8, Math.min(above, innerHeight - height - 8))}px`;
}

function onKey(event, buttons) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const at = buttons.indexOf(document.activeElement);
  buttons[(at + step + buttons.length) % buttons.length].focus();
}
