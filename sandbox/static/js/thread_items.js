// Arranges a chat's messages for reading: days, albums, runs of one sender. Pure.

import { isSameDay } from "./when.js";

const RUN_S = 600;

/** Return items `{key, kind: "day" | "unread" | "message", messages, opens, parts}`; an album is one item. */
export function threadItems(messages, firstUnreadId) {
  const items = [];
  let previous = null;
  for (const message of messages) {
    const last = items.at(-1);
    if (previous && message.media_group_id && message.media_group_id === previous.media_group_id) {
      last.messages.push(message);
      last.parts.push(message);
    } else {
      const newDay = !previous || !isSameDay(previous.date * 1000, message.date * 1000);
      if (newDay)
        items.push({ key: `day-${dayKey(message)}`, kind: "day", messages: [message], parts: [dayKey(message)] });
      if (message.message_id === firstUnreadId) items.push({ key: "unread", kind: "unread", messages: [], parts: [] });
      const opens = newDay || !sameRun(previous, message);
      items.push({ key: keyOf(message), kind: "message", messages: [message], opens, parts: [opens, message] });
    }
    previous = message;
  }
  return items;
}

/** Order messages by time; within a second by number. */
export function inOrder(messages) {
  return [...messages].sort((a, b) => a.date - b.date || a.message_id - b.message_id);
}

function keyOf(message) {
  return `${message.ephemeral ? "e" : "m"}${message.message_id}`;
}

function dayKey(message) {
  return new Date(message.date * 1000).toDateString();
}

function sameRun(a, b) {
  return (
    a.kind !== "service" && b.kind !== "service" && a.sender.user_id === b.sender.user_id && b.date - a.date < RUN_S
  );
}
