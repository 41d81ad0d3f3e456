// One chat of one person: pins, messages, notices and the composer, kept in step with the stream.

import { Acts } from "./acts.js";
import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { showMessageMenu } from "./message_menu.js";
import { Notices } from "./notices.js";
import { PinBar } from "./pin_bar.js";
import { Thread } from "./thread.js";
import { Typing } from "./typing.js";
import { t } from "./words.js";

const ANSWER_WITHIN_MS = 15_500;

export class ChatView {
  #person;
  #key;
  #store;
  #early = null;
  #ended = new AbortController();
  #notices = new Notices();
  acts;
  #typing = new Typing();
  #thread;
  #composer;
  #pins;
  element;

  /** Show what `person` sees in the chat `key`. */
  constructor({ person, key, store, stream, draft }) {
    this.#person = person;
    this.#key = key;
    this.#store = store;
    this.acts = new Acts(person, key, this.#notices);
    this.#thread = new Thread(
      () => this.#bubbleContext(),
      (before) => this.acts.page(before),
      this.#nothing(),
    );
    this.#pins = new PinBar(
      (id) => this.#thread.jumpTo(id),
      (id) => this.#fetchMessage(id),
    );
    this.#composer = new Composer(this.#composerDoes());
    this.#composer.draft = draft;
    this.element = el(
      "div.chat",
      { ondragover: (event) => event.preventDefault(), ondrop: (event) => this.#onDrop(event) },
      this.#pins.element,
      this.#thread.element,
      this.#typing.element,
      this.#notices.element,
      this.#composer.element,
    );
    this.#listen(stream);
  }

  get draft() {
    return this.#composer.draft;
  }

  /** Fetch the chat and show its end, with what the stream told in the meantime. */
  async load() {
    const early = [];
    this.#early = early;
    const page = await this.acts.page();
    if (this.#early === early) this.#early = null;
    if (!page || this.#ended.signal.aborted) return;
    this.#setChat(page.chat);
    this.#thread.open(page, page.chat.unread);
    for (const message of early) this.#thread.put(message);
    this.#pins.show(page.pinned, page.messages);
    this.#composer.showKeyboard(page.keyboard);
    this.#typing.show(page.typing);
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

  get #startLink() {
    return this.#store.persons.get(this.#person)?.start_link;
  }

  #listen(stream) {
    const { signal } = this.#ended;
    const isMine = (person, key) => person === this.#person && key === this.#key;
    const on = (kind, work) => stream.on(kind, (event) => isMine(event.person, event.chat) && work(event), signal);
    on("message", (event) => this.#onMessage(event));
    on("edited", (event) => this.#onEdited(event));
    on("deleted", ({ message_ids: ids }) => this.#thread.remove(ids));
    on("pins", ({ pinned }) => this.#onPins(pinned));
    on("keyboard", ({ keyboard }) => this.#composer.showKeyboard(keyboard));
    on("typing", ({ action }) => this.#typing.show(action));
    on("tap", (tap) => this.#onTap(tap));
    stream.on("chat", ({ person, chat }) => isMine(person, chat.key) && this.#setChat(chat), signal);
    this.#store.addEventListener("clock", () => this.#thread.timeChanged(), { signal });
    for (const kind of ["back", "reload"]) stream.on(kind, () => this.load(), signal);
    document.addEventListener("visibilitychange", () => this.#markRead(this.#chat?.unread), { signal });
  }

  #onMessage({ message, unread }) {
    this.#early?.push(message);
    this.#thread.put(message);
    this.#typing.show(null);
    this.#markRead(unread);
  }

  #onEdited({ message }) {
    this.#early?.push(message);
    if (message.ephemeral || this.#thread.message(message.message_id)) this.#thread.put(message);
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
    this.#composer.setState(chat, this.#startLink);
  }

  #markRead(unread) {
    if (unread > 0 && document.visibilityState === "visible") this.acts.read();
  }

  #bubbleContext() {
    return {
      now: this.#store.now(),
      isGroup: this.#key < 0,
      onTap: (message, data) => this.#tap(message, data),
      onCopied: (text) => this.#notices.toast(t("Copied: {0}", text)),
      onCommand: (text) => this.acts.say(text),
      onVote: (message, options) => this.acts.vote(message, options),
      onReact: (message, emoji) => this.acts.react(message, emoji),
      onJump: (id) => this.#thread.jumpTo(id),
      onMenu: (event, message, node) => showMessageMenu(event, message, node, this.#menuDoes()),
    };
  }

  #composerDoes() {
    return {
      acts: this.acts,
      start: () => this.acts.say(this.#startLink ? `/start ${this.#startLink}` : "/start"),
      newestOwn: () => this.#thread.newestOwn(),
    };
  }

  #menuDoes() {
    return {
      reply: (message) => this.#composer.replyTo(message),
      edit: (message) => this.#composer.edit(message),
      forward: (message, key) => this.acts.forward(message, key),
      react: (message, emoji) => this.acts.react(message, emoji),
      chats: () => this.#store.persons.get(this.#person)?.chats ?? [],
    };
  }

  async #tap(message, data) {
    const tap = await this.acts.tap(message, data);
    if (!tap) return;
    if (!tap.answered) this.#thread.spins(tap);
    setTimeout(() => this.#giveUp(tap.tap_id), ANSWER_WITHIN_MS);
  }

  async #giveUp(tapId) {
    if (!this.#thread.ends(tapId)) return;
    const tap = await this.acts.tapped(tapId);
    if (tap?.answered) this.#notices.answer(tap.answer);
    else this.#notices.toast(t("The bot has not answered this tap."), "bad");
  }

  async #fetchMessage(id) {
    const known = this.#thread.message(id);
    if (known) return known;
    const page = await this.acts.page(id + 1, 1);
    return page?.messages.find((message) => message.message_id === id) ?? null;
  }

  #onDrop(event) {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    this.#composer.addFiles(event.dataTransfer.files);
  }
}
