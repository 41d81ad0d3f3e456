// Draws one message, or one album, as the person sees it.

import { avatar, hueOf } from "./avatar.js";
import { inlineKeyboard } from "./buttons.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { albumOf, documentOf, openPhoto, photoOf } from "./media.js";
import { pollOf } from "./poll.js";
import { richBlock } from "./rich.js";
import { serverWords } from "./server_words.js";
import { textNodes } from "./text.js";
import { fullTime, timeOf } from "./when.js";
import { t } from "./words.js";

/** `context`: `{now, isGroup, onTap(message, data), onCopied, onCommand, onVote, onReact, onJump, onMenu}`. */
export function itemElement(item, context) {
  if (item.kind === "day") return el("div.day", { role: "separator" }, el("span", null, item.title));
  if (item.kind === "unread") return el("div.unread-line", { role: "separator" }, el("span", null, t("New")));
  const [message] = item.messages;
  if (message.kind === "service") return el("div.service", null, el("span", null, serverWords(message.service ?? "")));
  return messageElement(item, message, context);
}

function messageElement(item, message, context) {
  const node = el("article.message", {
    tabindex: -1,
    "aria-label": `${message.sender.name} ${timeOf(message.date * 1000)}`,
    oncontextmenu: (event) => context.onMenu(event, message, node),
    onkeydown: (event) => event.target === node && event.key === "Enter" && context.onMenu(event, message, node),
  });
  node.classList.toggle("mine", message.outgoing);
  node.classList.toggle("opens", item.opens);
  node.classList.toggle("keyed", message.buttons.length > 0);
  node.classList.toggle("bare", message.kind === "sticker");
  node.dataset.id = message.message_id;
  const showsSender = context.isGroup && !message.outgoing;
  if (showsSender)
    node.append(item.opens ? avatar(message.sender.user_id, message.sender.name) : el("span.avatar-gap", null));
  const onTap = (data) => context.onTap(message, data, node);
  const column = el(
    "div.column",
    null,
    el("div.bubble", null, bubbleParts(item, message, context, showsSender, onTap)),
    message.buttons.length ? inlineKeyboard(message.buttons, onTap, context.onCopied) : null,
    reactions(message, context),
  );
  node.append(column, menuButton(message, node, context));
  return node;
}

function menuButton(message, node, context) {
  const onclick = (event) => context.onMenu(event, message, node);
  return el(
    "button.message-menu",
    { type: "button", tabindex: -1, "aria-label": t("Message menu"), onclick },
    icon("more"),
  );
}

function bubbleParts(item, message, context, showsSender, onTap) {
  const captioned = item.messages.find((each) => each.caption) ?? message;
  return [
    showsSender && item.opens ? senderLine(message.sender) : null,
    message.forwarded_from ? el("p.forwarded", null, t("Forwarded from {0}", message.forwarded_from)) : null,
    message.reply_to ? replyLine(message.reply_to, context.onJump) : null,
    content(item, message, context, onTap),
    words(captioned, context, meta(item)),
  ];
}

function senderLine(sender) {
  const name = el("span", null, sender.name);
  name.style.setProperty("--hue", hueOf(sender.user_id));
  return el("p.sender", null, name, sender.tag ? el("span.sender-tag", null, sender.tag) : null);
}

function replyLine(reply, onJump) {
  return el(
    "button.reply-line",
    { type: "button", onclick: () => onJump(reply.message_id) },
    el("b", null, reply.name),
    el("span", null, serverWords(reply.text)),
  );
}

function content(item, message, context, onTap) {
  if (item.messages.length > 1) return albumOf(item.messages, openPhoto);
  if (message.photo) return photoOf(message, openPhoto);
  if (message.document) return documentOf(message);
  if (message.sticker) return el("span.sticker", { role: "img" }, message.sticker.emoji ?? "🙂");
  if (message.poll) return pollOf(message, context.onVote);
  if (message.rich)
    return el(
      "div.rich",
      null,
      message.rich.blocks.map((block) => richBlock(block, { now: context.now, onTap })),
    );
  return null;
}

/** Return the text with the marks at its end, so that they share the last line where there is room. */
function words(message, { now, onCommand }, marks) {
  const text = message.rich ? "" : message.text || message.caption;
  return text ? el("div.words", { dir: "auto" }, textNodes(text, message.entities, now, onCommand), marks) : marks;
}

function meta({ messages }) {
  const message = messages.at(-1);
  const marks = [
    messages.some((each) => each.pinned) ? named("pin", t("Pinned")) : null,
    message.protected ? named("lock", t("Protected: cannot be forwarded")) : null,
    message.silent ? named("mute", t("Sent without sound")) : null,
    message.ephemeral ? el("span", null, t("only you see this")) : null,
    message.edited_at ? el("span", { title: fullTime(message.edited_at * 1000) }, t("edited")) : null,
    el(
      "time",
      { datetime: new Date(message.date * 1000).toISOString(), title: fullTime(message.date * 1000) },
      timeOf(message.date * 1000),
    ),
  ];
  return el("span.meta", null, marks);
}

function named(name, title) {
  return el("span.mark", { title, role: "img", "aria-label": title }, icon(name));
}

function reactions(message, { onReact }) {
  if (!message.reactions.length) return null;
  return el(
    "div.reactions",
    null,
    message.reactions.map(({ emoji, count, mine }) =>
      el(
        "button.reaction",
        { type: "button", "aria-pressed": String(mine), onclick: () => onReact(message, mine ? null : emoji) },
        emoji,
        count > 1 ? el("span", null, count) : null,
      ),
    ),
  );
}
