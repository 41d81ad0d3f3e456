// What one person can do in one chat; a refusal is shown where the chat shows its notices.

import { api } from "./api.js";

export class Acts {
  #person;
  #chat;
  #notices;

  constructor(person, chat, notices) {
    this.#person = person;
    this.#chat = chat;
    this.#notices = notices;
  }

  say(text, { replyTo, edit } = {}) {
    return this.#try(() => api.say(this.#person, { text, chat: this.#chat, reply_to: replyTo, edit }));
  }

  /** Send photos as one message or album, then each document; the caption goes with the first. */
  sendFiles({ photos, documents }, caption, replyTo) {
    const fields = { caption, chat: this.#chat, reply_to: replyTo };
    return this.#try(async () => {
      if (photos.length) await api.sendPhotos(this.#person, fields, photos);
      const rest = photos.length ? { ...fields, caption: "" } : fields;
      for (const file of documents) await api.sendDocument(this.#person, rest, file);
      return true;
    });
  }

  sendSticker(emoji) {
    return this.#try(() => api.sendSticker(this.#person, this.#chat, emoji));
  }

  tap(message, data) {
    return this.#try(() => api.tap(this.#person, this.#chat, message.message_id, data));
  }

  tapped(tapId) {
    return this.#try(() => api.tapped(tapId));
  }

  vote(message, options) {
    return this.#try(() => api.vote(this.#person, this.#chat, message.message_id, options));
  }

  react(message, emoji) {
    return this.#try(() => api.react(this.#person, this.#chat, message.message_id, emoji));
  }

  forward(message, chat) {
    return this.#try(() => api.forward(this.#person, this.#chat, message.message_id, chat));
  }

  block() {
    return this.#try(() => api.block(this.#person, this.#chat));
  }

  unblock() {
    return this.#try(() => api.unblock(this.#person, this.#chat));
  }

  members() {
    return this.#try(() => api.group(this.#chat)).then((group) => group?.members ?? []);
  }

  /** Return a page of the chat, the newest or the one before a message. */
  page(before, limit) {
    return this.#try(() => api.thread(this.#person, this.#chat, before, limit));
  }

  commands() {
    return this.page(null, 1).then((page) => page?.commands ?? []);
  }

  /** Tell that all is read; nobody needs to know if it fails. */
  read() {
    api.read(this.#person, this.#chat).catch(() => {});
  }

  #try(work) {
    return this.#notices.trying(work);
  }
}
