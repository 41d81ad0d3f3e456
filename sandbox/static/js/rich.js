// Draws a rich message: its blocks and their rich text.

import { el } from "./dom.js";
import { buttonOf } from "./buttons.js";
import { expandableQuote, link, moment, spoiler } from "./text.js";

const INLINE = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  marked: "mark",
  subscript: "sub",
  superscript: "sup",
};

/** Return the nodes of rich text: a string, a list, or one styled piece. `context` is `{now, onTap}`. */
function richText(piece, context) {
  if (piece === null || piece === undefined) return [];
  if (typeof piece === "string") return [piece];
  if (Array.isArray(piece)) return piece.flatMap((each) => richText(each, context));
  const inside = richText(piece.text ?? piece.alternative_text, context);
  switch (piece.type) {
    case "url":
      return [link(piece.url, inside)];
    case "spoiler":
      return [spoiler(inside)];
    case "date_time":
      return [moment(piece.unix_time, piece.date_time_format, inside, context.now)];
    case "button":
      return [richButton(piece.button, context)];
    default:
      return [el(INLINE[piece.type] ?? "span", null, inside)];
  }
}

/** Return one block's element. */
export function richBlock(block, context) {
  const words = () => richText(block.text, context);
  const blocks = () => (block.blocks ?? []).map((each) => richBlock(each, context));
  switch (block.type) {
    case "heading":
      return el(`h${Math.min(6, 2 + block.size)}.rich-heading`, null, words());
    case "pre":
      return el("pre", null, el("code", { "data-language": block.language }, words()));
    case "footer":
      return el("p.rich-footer", null, words());
    case "divider":
      return el("hr", null);
    case "blockquote":
      return el("blockquote", null, blocks(), credit(block, context));
    case "pullquote":
      return el("blockquote.pull", null, words(), credit(block, context));
    case "expandable_blockquote":
      return expandableQuote(words());
    case "details":
      return el("details", { open: block.is_open }, el("summary", null, richText(block.summary, context)), blocks());
    case "list":
      return el(
        "ul.rich-list",
        null,
        block.items.map((item) => listItem(item, context)),
      );
    case "table":
      return table(block, context);
    case "buttons":
      return el(
        "div.rich-buttons",
        null,
        block.buttons.map((button) => richButton(button, context)),
      );
    default:
      return el("p", null, words(), blocks());
  }
}

function credit(block, context) {
  return block.credit ? el("cite", null, richText(block.credit, context)) : null;
}

function listItem(item, context) {
  const mark = item.has_checkbox ? (item.is_checked ? "☑" : "☐") : item.label;
  return el(
    "li",
    null,
    el("span.rich-mark", null, mark),
    el(
      "div",
      null,
      item.blocks.map((each) => richBlock(each, context)),
    ),
  );
}

function table({ cells, caption, is_bordered, is_striped }, context) {
  const rows = cells.map((row) =>
    el(
      "tr",
      null,
      row.map((cell) => tableCell(cell, context)),
    ),
  );
  const node = el(
    "table.rich-table",
    null,
    caption ? el("caption", null, richText(caption, context)) : null,
    el("tbody", null, rows),
  );
  node.classList.toggle("bordered", Boolean(is_bordered));
  node.classList.toggle("striped", Boolean(is_striped));
  return el("div.rich-scroll", { tabindex: 0 }, node);
}

function tableCell(cell, context) {
  const node = el(
    cell.is_header ? "th" : "td",
    { colspan: cell.colspan, rowspan: cell.rowspan },
    richText(cell.text, context),
  );
  if (["left", "center", "right"].includes(cell.align)) node.style.textAlign = cell.align;
  return node;
}

function richButton(button, { onTap }) {
  const kind =
    button.callback_data !== undefined ? "callback" : button.url ? "url" : button.disabled ? "disabled" : "other";
  const label = richText(button.text, {})
    .map((node) => node.textContent ?? node)
    .join("");
  return buttonOf(
    { label, kind, data: button.callback_data, url: button.url, style: button.style, disabled: kind === "disabled" },
    onTap,
  );
}
