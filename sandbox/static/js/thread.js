// The messages of one chat from one person's side: fetched by pages, kept in step with the stream.

import { itemElement } from "./bubble.js";
import { markBusy } from "./buttons.js";
import { roundButton } from "./controls.js";
import { el, oncePerFrame, reconcile } from "./dom.js";
import { keepFocus, keepPictures } from "./redraw.js";
import { inOrder, threadItems } from "./thread_items.js";
import { relativeTo } from "./when.js";
import { t } from "./words.js";

const NEAR_PX = 80;

export class Thread {
  #messages = new Map();
  #pending = new Map();
  #ended = new Set();
  #more = false;
  #fetching = false;
  #sticks = true;
  #size = "";
  #firstUnreadId = null;
  #context;
  #fetchPage;
  #list = el("div.thread-list", null);
  #jump = roundButton("down", t("To the newest message"), () => this.toEnd(), "jump-down");
  #scroller = el(
    "div.thread-scroll",
    { role: "log", tabindex: 0, "aria-label": t("Messages"), "aria-live": "off" },
    this.#list,
  );
  #nothing = el("p.nothing", { hidden: true });
  element = el("div.thread", null, this.#scroller, this.#nothing, this.#jump);
  #draw = oncePerFrame(() => this.#drawNow());

  /** `context` is what a bubble needs; `fetchPage(before)` returns a page or null; `nothing` stands where no message is. */
  constructor(context, fetchPage, nothing) {
    this.#nothing.textContent = nothing;
    this.#jump.hidden = true;
    this.#context = context;
    this.#fetchPage = fetchPage;
    this.#scroller.addEventListener("scroll", () => this.#onScroll(), { passive: true });
    this.#scroller.addEventListener("keydown", (event) => this.#onKey(event));
    const keepEnd = new ResizeObserver(() => this.#sticks && this.#toEndNow());
    keepEnd.observe(this.#scroller);
    keepEnd.observe(this.#list);
  }

  /** Show the newest page; `unread` messages at its end are marked as new. */
  open(page, unread) {
    this.#messages = new Map();
    this.#firstUnreadId =
      unread > 0 ? (page.messages.filter((message) => !message.outgoing).at(-unread)?.message_id ?? null) : null;
    this.#take(page);
    this.#drawNow();
    this.#toEndNow();
    this.#scroller.setAttribute("aria-live", "polite");
  }

  put(message) {
    this.#messages.set(idOf(message), message);
    if (message.outgoing) {
      this.#sticks = true;
      this.#firstUnreadId = null;
    }
    this.#draw();
  }

  remove(ids) {
    for (const id of ids) {
      this.#messages.delete(String(id));
      this.#messages.delete(`e${id}`);
    }
    this.#draw();
  }

  /** Mark exactly these messages as pinned. */
  pins(ids) {
    for (const [id, message] of this.#messages) {
      const pinned = ids.includes(message.message_id);
      if (message.pinned !== pinned) this.#messages.set(id, { ...message, pinned });
    }
    this.#draw();
  }

  /** Say anew what depends on the time: the days' names and the relative instants. */
  timeChanged() {
    this.#draw();
    const { now } = this.#context();
    for (const node of this.#list.querySelectorAll("time[data-relative]")) {
      node.textContent = relativeTo(Date.parse(node.dateTime), now);
    }
  }

  message(id) {
    return this.#messages.get(String(id)) ?? null;
  }

  /** Return the person's newest message of text, to be edited. */
  newestOwn() {
    return inOrder(this.#messages.values()).findLast((message) => message.outgoing && message.kind === "text") ?? null;
  }

  /** Spin the tapped button until `ends(tapId)`; the end may be heard of first. */
  spins({ tap_id, message_id, data }) {
    if (this.#ended.has(tap_id)) return;
    this.#pending.set(tap_id, { message_id, data });
    this.#markPending({ message_id, data }, true);
  }

  /** End the spinner; return whether it was spinning. */
  ends(tapId) {
    const tap = this.#pending.get(tapId);
    this.#ended.add(tapId);
    this.#pending.delete(tapId);
    if (tap) this.#markPending(tap, false);
    return Boolean(tap);
  }

  /** Scroll to a message, fetching back as far as needed, and let it glow. */
  async jumpTo(id) {
    while (!this.message(id) && (await this.#older()));
    const node = this.#node(id);
    if (!node) return;
    this.#sticks = false;
    node.scrollIntoView({ block: "center" });
    node.focus({ preventScroll: true });
    node.classList.add("glows");
    node.addEventListener("animationend", () => node.classList.remove("glows"), { once: true });
  }

  toEnd() {
    this.#sticks = true;
    this.#toEndNow();
  }

  #take({ messages, more }) {
    for (const message of messages) this.#messages.set(idOf(message), message);
    this.#more = more;
  }

  #node(id) {
    return this.#list.querySelector(`.message[data-id="${Number(id)}"]`);
  }

  #markPending({ message_id, data }, busy) {
    const node = this.#node(message_id);
    if (node) markBusy(node, data, busy);
  }

  #drawNow() {
    const { now } = this.#context();
    const items = threadItems(inOrder(this.#messages.values()), this.#firstUnreadId, now);
    reconcile(this.#list, items, (item, old) => this.#drawItem(item, old));
    for (const tap of this.#pending.values()) this.#markPending(tap, true);
    this.#nothing.hidden = items.length > 0;
  }

  #drawItem(item, old) {
    const node = itemElement(item, this.#context());
    if (!old) return node;
    keepPictures(old, node);
    keepFocus(old, node);
    return node;
  }

  /** Fetch the page before; return whether anything came. */
  async #older() {
    if (this.#fetching || !this.#more) return false;
    this.#fetching = true;
    this.#scroller.style.overflowAnchor = "none";
    try {
      const first = inOrder(this.#messages.values()).find((message) => !message.ephemeral);
      const fromEnd = this.#scroller.scrollHeight - this.#scroller.scrollTop;
      const page = await this.#fetchPage(first?.message_id);
      if (!page) return false;
      this.#take(page);
      this.#drawNow();
      this.#scroller.scrollTop = this.#scroller.scrollHeight - fromEnd;
      return page.messages.length > 0;
    } finally {
      this.#fetching = false;
      requestAnimationFrame(() => (this.#scroller.style.overflowAnchor = ""));
    }
  }

  #onScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const size = `${scrollHeight}×${clientHeight}`;
    const resized = size !== this.#size;
    this.#size = size;
    if (resized && this.#sticks) return;
    this.#sticks = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    this.#jump.hidden = this.#sticks;
    if (scrollTop < 400) this.#older();
  }

  #toEndNow() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#jump.hidden = true;
  }

  #onKey(event) {
    if (!["ArrowUp", "ArrowDown"].includes(event.key) || event.target.closest("button, a, summary")) return;
    const nodes = [...this.#list.querySelectorAll(".message")];
    const at = nodes.indexOf(event.target.closest(".message"));
    const next = at < 0 ? nodes.at(-1) : nodes[at + (event.key === "ArrowUp" ? -1 : 1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

function idOf(message) {
  return message.ephemeral ? `e${message.message_id}` : String(message.message_id);
}
