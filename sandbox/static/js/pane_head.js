// The head of a pane: who it is, and what else can be done with the open chat.

import { avatar } from "./avatar.js";
import { roundButton } from "./controls.js";
import { el } from "./dom.js";
import { below, showMenu } from "./menu.js";
import { t } from "./words.js";

/** Return the head's parts; `subtitle` is its second line, `openChat()` returns `{chat, acts}`. */
export function paneHead(person, subtitle, openChat, close) {
  const more = (event) => showMore(event.currentTarget, person, openChat());
  return [
    roundButton("back", t("All persons"), close, "pane-back"),
    avatar(person.user_id, person.name),
    el("div.pane-who", null, el("h2", null, person.name), el("p", null, subtitle)),
    roundButton("more", t("More about {0}", person.name), more),
    roundButton("close", t("Close {0}", person.name), close, "pane-close"),
  ];
}

function showMore(control, person, { chat, acts }) {
  const items = chat.kind === "private" ? privateItems(person, chat, acts) : groupItems(control, acts);
  const copy = () => navigator.clipboard.writeText(String(person.user_id));
  items.push({ label: t("Copy id {0}", person.user_id), icon: "copy", onclick: copy });
  showMenu(items, below(control), control);
}

function privateItems({ start_link: link }, { blocked }, acts) {
  const items = [{ label: "/start", icon: "start", onclick: () => acts.say("/start") }];
  if (link)
    items.push({ label: t("Start with the invitation"), icon: "link", onclick: () => acts.say(`/start ${link}`) });
  if (blocked) items.push({ label: t("Unblock"), icon: "check", onclick: () => acts.unblock() });
  else items.push({ label: t("Block the bot"), icon: "block", danger: true, onclick: () => acts.block() });
  return items;
}

function groupItems(control, acts) {
  return [{ label: t("Members"), icon: "people", onclick: () => showMembers(control, acts) }];
}

async function showMembers(control, acts) {
  const members = await acts.members();
  const items = members.map(({ name, tag, custom_title: title, status }) => ({
    label: name,
    hint: tag ?? title ?? t(status),
    onclick: () => {},
  }));
  showMenu(items, below(control), control);
}
