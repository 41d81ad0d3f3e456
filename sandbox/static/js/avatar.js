// A round mark with the end of a name in a colour of its own.

import { el } from "./dom.js";

/** Return a hue that is the same for the same number. */
export function hueOf(id) {
  return (Math.abs(Number(id)) * 137.508) % 360;
}

export function avatar(id, name) {
  const node = el("span.avatar", { "aria-hidden": "true" }, initials(name));
  node.style.setProperty("--hue", hueOf(id));
  return node;
}

function initials(name) {
  const letters = [...name.trim()];
  if (/\p{Script=Han}/u.test(name)) return letters.slice(-2).join("");
  return name
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
}
