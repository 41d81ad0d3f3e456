// Light or dark: as the system says, or as chosen here.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const KEY = "sandbox-theme";
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

const isDark = () => (document.documentElement.dataset.theme ?? (systemIsDark.matches ? "dark" : "light")) === "dark";

/** Return the switch; what was chosen before holds at once. */
export function themeSwitch() {
  const chosen = localStorage.getItem(KEY);
  if (chosen) document.documentElement.dataset.theme = chosen;
  const button = el("button.round", { type: "button", onclick: () => turn(button) });
  systemIsDark.addEventListener("change", () => draw(button));
  draw(button);
  return button;
}

function turn(button) {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  localStorage.setItem(KEY, theme);
  draw(button);
}

function draw(button) {
  const label = isDark() ? t("Light colours") : t("Dark colours");
  button.replaceChildren(icon(isDark() ? "sun" : "moon"));
  button.setAttribute("aria-label", label);
  button.title = label;
}
