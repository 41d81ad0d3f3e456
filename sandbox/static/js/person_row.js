// One row of the list of persons: who it is, what was said last, what is unread.

import { avatar } from "./avatar.js";
import { roundButton, unreadMark } from "./controls.js";
import { el } from "./dom.js";
import { serverWords } from "./server_words.js";
import { shortly } from "./when.js";
import { t } from "./words.js";

/** Return a branch's heading. */
export function headingRow({ title, count }) {
  return el("div.people-heading", { role: "presentation" }, el("span", null, title), el("span.count", null, count));
}

/** Return a person's row; `state` is `{open, active, of, now}`, `choose(beside)` opens the chat. */
export function personRow({ person, place }, { open, active, of, now }, choose) {
  const beside = (event) => {
    event.stopPropagation();
    choose(true);
  };
  const button = roundButton("split", t("Open {0} beside", person.name), beside, "beside");
  button.tabIndex = -1;
  const about = { "aria-selected": String(open), "aria-posinset": place, "aria-setsize": of };
  const onclick = (event) => choose(event.metaKey || event.ctrlKey);
  const row = el("div.person", { id: `person-${person.user_id}`, role: "option", ...about, onclick });
  row.append(avatar(person.user_id, person.name), words(person, now), button);
  row.classList.toggle("open", open);
  row.classList.toggle("active", active);
  return row;
}

function words(person, now) {
  const [, ...roles] = Object.values(person.tags);
  const last = newestOf(person.chats);
  const name = el("div.person-line", null, el("b", null, person.name));
  name.append(...roles.map((role) => el("span.role", null, role)));
  if (last) name.append(el("time", null, shortly(last.date * 1000, now)));
  const preview = el("span.preview", null, previewOf(person, last));
  return el("div.person-words", null, name, el("div.person-line", null, preview, unreadMark(person.unread)));
}

/** Return the newest message; at a standing clock the one heard last, else that of a bot's own chat. */
function newestOf(chats) {
  const spoken = chats.filter((chat) => chat.last);
  spoken.sort((a, b) => b.last.date - a.last.date || (b.heard ?? 0) - (a.heard ?? 0) || b.key - a.key);
  return spoken[0]?.last ?? null;
}

function previewOf(person, last) {
  if (person.deactivated) return t("deleted account");
  if (!last) return t("has not started yet");
  return `${last.outgoing ? t("Me: ") : ""}${serverWords(last.text) || t("(picture or file)")}`;
}
