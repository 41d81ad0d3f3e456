// Puts the page together: the store follows the stream, the views draw the store.

import { addressWith, readAddress } from "./address.js";
import { el } from "./dom.js";
import { Drawer } from "./drawer.js";
import { icon } from "./icons.js";
import { Panes } from "./panes.js";
import { People } from "./people.js";
import { Store } from "./store.js";
import { Stream } from "./stream.js";
import { themeSwitch } from "./theme.js";
import { TimeControl } from "./time_control.js";
import { lang, t } from "./words.js";

const store = new Store();
const stream = new Stream();
const panes = new Panes(store, stream);
const people = new People(store, panes);
const drawer = new Drawer(store, panes);
const time = new TimeControl(store);
const broken = el("p.broken", { role: "status", hidden: true }, t("The sandbox does not answer. Trying again…"));

function topBar() {
  const other = lang === "en" ? { code: "zh", label: "中文" } : { code: "en", label: "EN" };
  const toOther = () => location.assign(addressWith({ lang: other.code === "en" ? "en" : null }));
  return el(
    "header.top",
    null,
    el(
      "div.brand",
      null,
      el("img", { src: "/static/icon.svg", alt: "", width: 26, height: 26 }),
      el("h1", null, t("Sandbox")),
    ),
    time.element,
    el(
      "div.tools",
      null,
      drawer.toggler,
      themeSwitch(),
      el(
        "button.tool",
        {
          type: "button",
          lang: other.code,
          "aria-label": lang === "en" ? "切换到中文" : "Switch to English",
          onclick: toOther,
        },
        other.label,
      ),
    ),
  );
}

function onKey(event) {
  const typing = event.target.closest("input, textarea, select");
  const asksSearch =
    (event.key === "/" && !typing) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
  if (!asksSearch) return;
  event.preventDefault();
  people.focus();
}

/** Fetch everything, however long the sandbox is away, and show the chats of `ids`. */
async function load(ids) {
  try {
    await store.load();
  } catch {
    broken.hidden = false;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return load(ids);
  }
  broken.hidden = true;
  return panes.show(ids, { note: false });
}

document.documentElement.lang = lang === "en" ? "en" : "zh-CN";
document.title = t("Sandbox");
document.body.append(topBar(), el("div.desk", null, people.element, panes.element, drawer.element), broken);
document.addEventListener("keydown", onKey);
panes.addEventListener("change", () => document.body.classList.toggle("chatting", panes.ids.length > 0));
stream.on("broken", () => (broken.hidden = false));
for (const kind of ["back", "reload"]) stream.on(kind, () => load(panes.ids));
store.follow(stream);
stream.open();
await load(readAddress().as);
