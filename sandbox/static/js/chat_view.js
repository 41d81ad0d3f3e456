// One chat of one person: pins, messages, notices and the composer, kept in step with the stream.

import { api } from "./api.js";
import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { showMessageMenu } from "./message_menu.js";
import { Notices } from "./notices.js";
import { PinBar } from "./pin_bar.js";
import { Thread } from "./thread.js";
import { t } from "./words.js";

const ANSWER_WITHIN_MS = 15_500;

export class ChatView {
  #person;
  #key;
  #store;
  #ended = new AbortController();
  #notices = new Notices();
  #typing = el("span.typing", { hidden: true }, t("typing…"));
  #thread;
  #composer;
  #pins;
  element;

  /** Show what `person` sees in the chat `key`. */
  constructor({ person, key, store, stream, draft }) {
    this.#person = person;
    this.#key = key;
    this.#store = store;
    this.#thread = new Thread(() => this.#bubbleContext(), (before) => api.thread(person, key, before), this.#nothing());
    this.#pins = new PinBar((id) => this.#thread.jumpTo(id), (id) => this.#fetchMessage(id));
    this.#composer = new Composer(this.#composerDoes());
    this.#composer.draft = draft;
    this.element = el("div.chat", { ondragover: (event) => event.preventDefault(), ondrop: (event) => this.#onDrop(event) },
      this.#pins.element, this.#thread.element, this.#typing, this.#notices.element, this.#composer.element);
    this.#listen(stream);
  }

  get draft() {
    return this.#composer.draft;
  }

  /** Fetch the chat and show its end. */
  async load() {
    const page = await this.#notices.trying(() => api.thread(this.#person, this.#key));
    if (!page || this.#ended.signal.aborted) return;
    this.#setChat(page.chat);
    this.#thread.open(page, page.chat.unread);
    this.#pins.show(page.pinned, page.messages);
    this.#composer.showKeyboard(page.keyboard);
    this.#showTyping(page.typing);
    this.#markRead(page.chat.unread);
  }

  focus() {
    this.#composer.focus();
  }

  close() {
    this.#ended.abort();
  }

  get #chat() {
    return this.#store.chat(this.#person, this.#key);
  }

  #nothing() {
    const bot = this.#store.bots.find(({ id }) => id === this.#key);
    return bot?.description || t("No messages yet");
  }

  #listen(stream) {
    const { signal } = this.#ended;
    const mine = (work) => (event) => event.person === this.#person && event.chat === this.#key && work(event);
    for (const kind of ["message", "edited"]) {
      stream.on(kind, mine(({ message, unread }) => this.#onMessage(kind, message, unread)), signal);
    }
    stream.on("deleted", mine(({ message_ids }) => this.#thread.remove(message_ids)), signal);
    stream.on("pins", mine(({ pinned }) => this.#onPins(pinned)), signal);
    stream.on("keyboard", mine(({ keyboard }) => this.#composer.showKeyboard(keyboard)), signal);
    stream.on("typing", mine(({ action }) => this.#showTyping(action)), signal);
    stream.on("tap", mine((tap) => this.#onTap(tap)), signal);
    stream.on("chat", ({ person, chat }) => person === this.#person && chat.key === this.#key && this.#setChat(chat), signal);
    for (const kind of ["back", "reload"]) stream.on(kind, () => this.load(), signal);
    document.addEventListener("visibilitychange", () => this.#markRead(this.#chat?.unread), { signal });
  }

  #onMessage(kind, message, unread) {
    if (kind === "edited" && !this.#thread.message(message.message_id) && !message.ephemeral) return;
    this.#thread.put(message);
    this.#showTyping(null);
    this.#markRead(unread);
  }

  #onPins(pinned) {
    this.#thread.pins(pinned);
    this.#pins.show(pinned, []);
  }

  #onTap(tap) {
    if (!tap.answered) return this.#thread.spins(tap);
    if (this.#thread.ends(tap.tap_id)) this.#notices.answer(tap.answer);
  }

  #setChat(chat) {
    this.#composer.setState(chat, this.#store.persons.get(this.#person)?.start_link);
  }

  #showTyping(action) {
    clearTimeout(this.#typing.timer);
    this.#typing.hidden = !action;
    this.#typing.textContent = action?.startsWith("upload") ? t("sending a file…") : t("typing…");
    if (action) this.#typing.timer = setTimeout(() => this.#showTyping(null), 5000);
  }

  #markRead(unread) {
    if (unread > 0 && document.visibilityState === "visible") api.read(this.#person, this.#key).catch(() => {});
  }

  #bubbleContext() {
    return {
      now: this.#store.now(),
      isGroup: this.#key < 0,
      onTap: (message, data, node) => this.#tap(message, data, node),
      onCopied: (text) => this.#notices.toast(t("Copied: {0}", text)),
      onCommand: (text) => this.#try(() => api.say(this.#person, { text, chat: this.#key })),
      onVote: (message, options) => this.#try(() => api.vote(this.#person, this.#key, message.message_id, options)),
      onReact: (message, emoji) => this.#try(() => api.react(this.#person, this.#key, message.message_id, emoji)),
      onJump: (id) => this.#thread.jumpTo(id),
      onMenu: (event, message, node) => showMessageMenu(event, message, node, this.#menuDoes()),
    };
  }

  async #tap(message, data) {
    const tap = await this.#try(() => api.tap(this.#person, this.#key, message.message_id, data));
    if (!tap) return;
    if (!tap.answered) this.#thread.spins(tap);
    setTimeout(() => this.#giveUp(tap.tap_id), ANSWER_WITHIN_MS);
  }

  async #giveUp(tapId) {
    if (!this.#thread.ends(tapId)) return;
    const tap = await this.#try(() => api.tapped(tapId));
    if (tap?.answered) this.#notices.answer(tap.answer);
    else this.#notices.toast(t("The bot has not answered this tap."), "bad");
  }

  #composerDoes() {
    const chat = this.#key;
    return {
      send: (text, { replyTo, edit }) => this.#try(() => api.say(this.#person, { text, chat, reply_to: replyTo, edit })),
      sendFiles: (files, caption, replyTo) => this.#try(() => this.#sendFiles(files, { caption, chat, reply_to: replyTo })),
      sendSticker: (emoji) => this.#try(() => api.sendSticker(this.#person, chat, emoji)),
      start: () => this.#start(),
      unblock: () => this.#try(() => api.unblock(this.#person, chat)),
      commands: () => this.#try(() => api.thread(this.#person, chat, null, 1)).then((page) => page?.commands),
      newestOwn: () => this.#thread.newestOwn(),
    };
  }

  #start() {
    const link = this.#store.persons.get(this.#person)?.start_link;
    return this.#try(() => api.say(this.#person, { text: link ? `/start ${link}` : "/start", chat: this.#key }));
  }

  async #sendFiles({ photos, documents }, fields) {
    if (photos.length) await api.sendPhotos(this.#person, fields, photos);
    const rest = photos.length ? { ...fields, caption: "" } : fields;
    for (const file of documents) await api.sendDocument(this.#person, rest, file);
    return true;
  }

  #menuDoes() {
    return {
      reply: (message) => this.#composer.replyTo(message),
      edit: (message) => this.#composer.edit(message),
      forward: (message, key) => this.#try(() => api.forward(this.#person, this.#key, message.message_id, key)),
      react: (message, emoji) => this.#try(() => api.react(this.#person, this.#key, message.message_id, emoji)),
      chats: () => this.#store.persons.get(this.#person)?.chats ?? [],
    };
  }

  async #fetchMessage(id) {
    const known = this.#thread.message(id);
    if (known) return known;
    const page = await api.thread(this.#person, this.#key, id + 1, 1);
    return page.messages.find((message) => message.message_id === id) ?? null;
  }

  #onDrop(event) {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    this.#composer.addFiles(event.dataTransfer.files);
  }

  #try(work) {
    return this.#notices.trying(work);
  }
}
