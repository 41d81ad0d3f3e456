// One person's side of the desk: who it is, the chats as tabs, and the open chat.

import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { ChatView } from "./chat_view.js";
import { el, oncePerFrame } from "./dom.js";
import { icon } from "./icons.js";
import { below, showMenu } from "./menu.js";
import { t } from "./words.js";

export class Pane {
  #id;
  #store;
  #stream;
  #view = null;
  #key = null;
  #chats = [];
  #drafts = new Map();
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
    this.element = el("section.pane", { "aria-label": store.persons.get(personId)?.name }, this.#head, this.#tabs, this.#body);
    this.element.dataset.person = personId;
    this.onClose = onClose;
    store.addEventListener("persons", oncePerFrame(() => this.#draw()), { signal: this.#ended.signal });
  }

  get personId() {
    return this.#id;
  }

  /** Fetch the person's chats and open one: `preferred`, else the one with unread messages, else the first bot's. */
  async open(preferred) {
    this.#chats = await api.chats(this.#id).catch(() => []);
    if (this.#ended.signal.aborted) return;
    const chats = this.#allChats();
    const first = chats.find((chat) => chat.key === preferred) ?? chats.find((chat) => chat.unread > 0) ?? chats[0];
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
    this.#view = new ChatView({ person: this.#id, key, store: this.#store, stream: this.#stream, draft: this.#drafts.get(key) ?? "" });
    this.#body.replaceChildren(this.#view.element);
    this.#view.load();
    this.#draw();
  }

  #draw() {
    const person = this.#person;
    if (!person) return;
    const face = JSON.stringify([person.name, person.tags, person.username, this.#subtitle()]);
    if (face !== this.#head.face) this.#drawHead(person, face);
    const chats = this.#allChats();
    if (this.#key !== null && !chats.some((chat) => chat.key === this.#key) && chats[0]) return this.#openChat(chats[0].key);
    this.#tabs.hidden = chats.length < 2;
    const state = JSON.stringify([this.#key, chats.map(({ key, title, unread }) => [key, title, unread])]);
    if (state !== this.#tabs.state) this.#drawTabs(chats, state);
  }

  #drawHead(person, face) {
    this.#head.face = face;
    const more = el("button.round", { type: "button", "aria-label": t("More about {0}", person.name), onclick: (event) => this.#showMore(event.currentTarget) }, icon("more"));
    const close = el("button.round.pane-close", { type: "button", "aria-label": t("Close {0}", person.name), onclick: () => this.onClose() }, icon("close"));
    const back = el("button.round.pane-back", { type: "button", "aria-label": t("All persons"), onclick: () => this.onClose() }, icon("back"));
    this.#head.replaceChildren(back, avatar(person.user_id, person.name),
      el("div.pane-who", null, el("h2", null, person.name), el("p", null, this.#subtitle())), more, close);
  }

  #subtitle() {
    const tags = Object.values(this.#person.tags);
    const chats = this.#allChats();
    return [...tags, chats.length === 1 ? `↔ ${chats[0].title}` : ""].filter(Boolean).join(" · ");
  }

  #drawTabs(chats, state) {
    this.#tabs.state = state;
    const focused = this.#tabs.contains(document.activeElement);
    this.#tabs.replaceChildren(...chats.map((chat) => this.#tab(chat)));
    if (focused) this.#tabs.querySelector("[aria-selected=true]")?.focus();
  }

  #tab(chat) {
    const chosen = chat.key === this.#key;
    const step = (event) => {
      const other = { ArrowRight: "nextElementSibling", ArrowLeft: "previousElementSibling" }[event.key];
      if (other) event.currentTarget[other]?.click();
    };
    return el("button.tab", { type: "button", role: "tab", "aria-selected": String(chosen), tabindex: chosen ? 0 : -1, onclick: () => this.#openChat(chat.key), onkeydown: step },
      chat.kind === "private" ? null : icon("people"), el("span", null, chat.title),
      chat.unread ? el("span.unread", { "aria-label": t("{0} unread", chat.unread) }, chat.unread) : null);
  }

  #showMore(control) {
    const chat = this.#allChats().find((each) => each.key === this.#key);
    const person = this.#person;
    const say = (text) => api.say(this.#id, { text, chat: this.#key });
    const items = chat?.kind !== "private" ? [{ label: t("Members"), icon: "people", onclick: () => this.#showMembers(control) }] : [
      { label: "/start", icon: "start", onclick: () => say("/start") },
      person.start_link ? { label: t("Start with the invitation"), icon: "link", onclick: () => say(`/start ${person.start_link}`) } : null,
      chat.blocked
        ? { label: t("Unblock"), icon: "check", onclick: () => api.unblock(this.#id, this.#key) }
        : { label: t("Block the bot"), icon: "block", danger: true, onclick: () => api.block(this.#id, this.#key) },
    ];
    items.push({ label: t("Copy id {0}", this.#id), icon: "copy", onclick: () => navigator.clipboard.writeText(String(this.#id)) });
    showMenu(items.filter(Boolean), below(control), control);
  }

  async #showMembers(control) {
    const { members } = await api.group(this.#key);
    const items = members.map((member) => ({ label: member.name, hint: member.tag ?? member.custom_title ?? t(member.status), onclick: () => {} }));
    showMenu(items, below(control), control);
  }
}
