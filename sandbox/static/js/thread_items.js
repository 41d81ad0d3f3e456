// Arranges a chat's messages for reading: days, albums, runs of one sender. Pure.

import { dayHeading, fieldOf, isSameDay } from "./when.js";

const RUN_S = 600;

/** Return items `{key, kind: "day" | "unread" | "message", title, messages, opens, parts}`; an album is one item; `now` in ms. */
export function threadItems(messages, firstUnreadId, now) {
  const items = [];
  let previous = null;
  for (const message of messages) {
    const last = items.at(-1);
    if (previous && message.media_group_id && message.media_group_id === previous.media_group_id) {
      last.messages.push(message);
      last.parts.push(message);
    } else {
      const newDay = !previous || !isSameDay(previous.date * 1000, message.date * 1000);
      if (newDay) items.push(dayItem(message, now));
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

function dayItem({ date }, now) {
  const title = dayHeading(date * 1000, now);
  return { key: `day-${fieldOf(date * 1000).slice(0, 10)}`, kind: "day", title, messages: [], parts: [title] };
}

function sameRun(a, b) {
  return (
    a.kind !== "service" && b.kind !== "service" && a.sender.user_id === b.sender.user_id && b.date - a.date < RUN_S
  );
}
