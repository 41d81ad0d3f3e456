// Turns a text with Bot API entities (UTF-16 offsets, as in JavaScript) into nodes.

import { el, safeUrl } from "./dom.js";
import { fullTime, formattedMoment } from "./when.js";
import { t } from "./words.js";

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

const SIMPLE = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  subscript: "sub",
  superscript: "sup",
  marked: "mark",
  hashtag: "span.tag-word",
  cashtag: "span.tag-word",
  mention: "span.tag-word",
};

/** Return the nodes of a text; `now` is the sandbox's time in ms, `onCommand(text)` is called for a tapped command. */
export function textNodes(text, entities, now, onCommand) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodesBetween(text, 0, text.length, sorted, { now, onCommand });
}

function nodesBetween(text, start, end, entities, context) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length;) {
    const entity = entities[index];
    const stop = Math.min(entity.offset + entity.length, end);
    let next = index + 1;
    while (next < entities.length && entities[next].offset < stop) next += 1;
    if (entity.offset >= at && stop > entity.offset) {
      if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
      const inside = nodesBetween(text, entity.offset, stop, entities.slice(index + 1, next), context);
      nodes.push(wrapped(entity, inside, text.slice(entity.offset, stop), context));
      at = BLOCKS.has(entity.type) && text[stop] === "\n" ? stop + 1 : stop;
    }
    index = next;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function wrapped(entity, inside, raw, { now, onCommand }) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, inside);
    case "url":
      return link(/^[a-z]+:/i.test(raw) ? raw : `https://${raw}`, inside);
    case "email":
      return link(`mailto:${raw}`, inside);
    case "phone_number":
      return link(`tel:${raw}`, inside);
    case "pre":
      return el("pre", null, el("code", { "data-language": entity.language }, inside));
    case "blockquote":
      return el("blockquote", null, inside);
    case "expandable_blockquote":
      return expandableQuote(inside);
    case "spoiler":
      return spoiler(inside);
    case "date_time":
      return moment(entity.unix_time, entity.date_time_format, inside, now);
    case "bot_command":
      return el("button.word-command", { type: "button", onclick: () => onCommand?.(raw) }, inside);
    case "text_mention":
      return el("span.tag-word", null, inside);
    default:
      return el(SIMPLE[entity.type] ?? "span", null, inside);
  }
}

/** Return a link that opens elsewhere, or the bare words where its address is not harmless. */
export function link(url, inside) {
  const href = safeUrl(url);
  return href
    ? el("a", { href, target: "_blank", rel: "noreferrer noopener", title: href }, inside)
    : el("span", null, inside);
}

/** Return an instant in the reader's zone. */
export function moment(unixTime, flags, inside, now) {
  const ms = unixTime * 1000;
  const attributes = { datetime: new Date(ms).toISOString(), title: fullTime(ms), "data-relative": flags === "r" };
  return el("time.moment", attributes, formattedMoment(ms, flags, now) ?? inside);
}

/** Return words that stay covered until they are pressed. */
export function spoiler(inside) {
  const reveal = (event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    node.classList.add("shown");
    node.removeAttribute("aria-label");
  };
  const node = el(
    "span.spoiler",
    { role: "button", tabindex: 0, "aria-label": t("Hidden text"), onclick: reveal, onkeydown: reveal },
    inside,
  );
  return node;
}

/** Return a quote of three lines that opens at a press. */
export function expandableQuote(inside) {
  const words = el("div.quote-words", null, inside);
  const toggle = el("button.quote-toggle", { type: "button", "aria-expanded": "false" }, t("Show all"));
  const quote = el("blockquote.expandable", null, words, toggle);
  toggle.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? t("Show less") : t("Show all");
  });
  return quote;
}
