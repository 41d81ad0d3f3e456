// One person's side of the desk: who it is, the chats as tabs, and the open chat.

import { api } from "./api.js";
import { ChatView } from "./chat_view.js";
import { tab, unreadMark } from "./controls.js";
import { el, oncePerFrame } from "./dom.js";
import { icon } from "./icons.js";
import { paneHead } from "./pane_head.js";
import { t } from "./words.js";

export class Pane {
  #id;
  #store;
  #stream;
  #view = null;
  #key = null;
  #chats = [];
  #drafts = new Map();
  #drawnHead = "";
  #drawnTabs = "";
  #ended = new AbortController();
  #head = el("header.pane-head", null);
  #tabs = el("div.tabs", { role: "tablist", "aria-label": t("Chats") });
  #body = el("div.pane-body", null);
  element;

  /** `onClose` takes the pane away. */
  constructor({ personId, store, stream, onClose }) {
    this.#id = personId;
    this.#store = store;
    this.#stream = stream;
    this.element = el(
      "section.pane",
      { "aria-label": store.persons.get(personId)?.name },
      this.#head,
      this.#tabs,
      this.#body,
    );
    this.element.dataset.person = personId;
    this.onClose = onClose;
    store.addEventListener(
      "persons",
      oncePerFrame(() => this.#draw()),
      { signal: this.#ended.signal },
    );
  }

  get personId() {
    return this.#id;
  }

  /** Fetch the person's chats and open the first bot's, else the first group. */
  async open() {
    this.#chats = await api.chats(this.#id).catch(() => []);
    if (this.#ended.signal.aborted) return;
    const [first] = this.#allChats();
    this.#draw();
    if (first) this.#openChat(first.key);
  }

  focus() {
    this.#view?.focus();
  }

  close() {
    this.#ended.abort();
    this.#view?.close();
    this.element.remove();
  }

  get #person() {
    return this.#store.persons.get(this.#id);
  }

  /** Chats of the store, and those without messages that only the first fetch told of. */
  #allChats() {
    const live = this.#person?.chats ?? [];
    const silent = this.#chats.filter((chat) => !live.some((each) => each.key === chat.key));
    return [...live, ...silent].filter((chat) => !chat.migrated_to).sort((a, b) => Math.sign(b.key) - Math.sign(a.key));
  }

  #openChat(key) {
    if (this.#view) this.#drafts.set(this.#key, this.#view.draft);
    this.#view?.close();
    this.#key = key;
    this.#view = new ChatView({
      person: this.#id,
      key,
      store: this.#store,
      stream: this.#stream,
      draft: this.#drafts.get(key) ?? "",
    });
    this.#body.replaceChildren(this.#view.element);
    this.#view.load();
    this.#draw();
  }

  #draw() {
    const person = this.#person;
    if (!person) return;
    const chats = this.#allChats();
    if (this.#key !== null && chats[0] && !chats.some((chat) => chat.key === this.#key))
      return this.#openChat(chats[0].key);
    this.#drawHead(person, chats);
    this.#drawTabs(chats);
  }

  #drawHead(person, chats) {
    const alone = chats.length === 1 ? `↔ ${chats[0].title}` : "";
    const subtitle = [...Object.values(person.tags), alone].filter(Boolean).join(" · ");
    const drawn = JSON.stringify([person.name, subtitle]);
    if (drawn === this.#drawnHead) return;
    this.#drawnHead = drawn;
    const openChat = () => ({ chat: this.#allChats().find(({ key }) => key === this.#key), acts: this.#view.acts });
    this.#head.replaceChildren(...paneHead(person, subtitle, openChat, () => this.onClose()));
  }

  #drawTabs(chats) {
    const drawn = JSON.stringify([this.#key, chats.map(({ key, title, unread }) => [key, title, unread])]);
    if (drawn === this.#drawnTabs) return;
    this.#drawnTabs = drawn;
    const focused = this.#tabs.contains(document.activeElement);
    this.#tabs.hidden = chats.length < 2;
    this.#tabs.replaceChildren(...chats.map((chat) => this.#tab(chat)));
    if (focused) this.#tabs.querySelector("[aria-selected=true]")?.focus();
  }

  #tab({ key, kind, title, unread }) {
    const mark = kind === "private" ? "" : icon("people");
    return tab(key === this.#key, () => this.#openChat(key), mark, el("span", null, title), unreadMark(unread) ?? "");
  }
}
