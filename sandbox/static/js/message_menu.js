// What a person can do with one message: answer, change, pass on, react, copy.

import { below, showMenu } from "./menu.js";
import { t } from "./words.js";

const QUICK_REACTIONS = ["👌", "👍", "❤", "👀"];

/** `does`: `{reply, edit, forward(message, key), react(message, emoji), chats()}`. */
export function showMessageMenu(event, message, node, does) {
  event.preventDefault();
  const byMouse = event.type === "contextmenu" && event.clientX > 0;
  const point = byMouse ? { x: event.clientX, y: event.clientY } : below(event.currentTarget);
  const text = message.text || message.caption;
  const items = [
    { label: t("Reply"), icon: "reply", onclick: () => does.reply(message) },
    message.outgoing && message.kind === "text"
      ? { label: t("Edit"), icon: "edit", onclick: () => does.edit(message) }
      : null,
    message.protected
      ? null
      : { label: t("Forward…"), icon: "forward", onclick: () => chooseChat(message, node, point, does) },
    text ? { label: t("Copy text"), icon: "copy", onclick: () => navigator.clipboard.writeText(text) } : null,
    { label: t("React…"), icon: "smile", onclick: () => chooseReaction(message, node, point, does) },
  ];
  showMenu(items.filter(Boolean), point, node);
}

function chooseChat(message, node, point, does) {
  const items = does.chats().map((chat) => ({ label: chat.title, onclick: () => does.forward(message, chat.key) }));
  showMenu(items, point, node);
}

function chooseReaction(message, node, point, does) {
  const items = QUICK_REACTIONS.map((emoji) => ({ label: emoji, onclick: () => does.react(message, emoji) }));
  showMenu([...items, { label: t("Take back"), onclick: () => does.react(message, null) }], point, node);
}
