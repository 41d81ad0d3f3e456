// What the page knows of everybody: persons with their chats, bots, the log, faults and the clock.

import { api } from "./api.js";
import { setZone } from "./when.js";

const KEPT_CALLS = 500;

/** Emits "persons", "calls", "faults", "clock" after a change of that part. */
export class Store extends EventTarget {
  persons = new Map();
  bots = [];
  calls = [];
  faults = [];
  refused = 0;
  clock = { now: new Date().toISOString(), running: false, zone: null, due: [] };
  #clockReadAt = performance.now();
  #asked = new Set();
  #heard = 0;

  /** Fetch all, then follow the stream. */
  async load() {
    const [bots, persons, clock, faults, log] = await Promise.all([
      api.bots(),
      api.everybody(),
      api.clock(),
      api.faults(),
      this.#newestCalls(),
    ]);
    this.bots = bots;
    this.persons = new Map(persons.map((person) => [person.user_id, person]));
    this.faults = faults;
    this.calls = log;
    this.#setClock(clock);
    for (const part of ["persons", "calls", "faults"]) this.#tell(part);
  }

  async #newestCalls() {
    const { next } = await api.outbox(Number.MAX_SAFE_INTEGER);
    const { calls } = await api.outbox(Math.max(0, next - KEPT_CALLS));
    return calls;
  }

  follow(stream) {
    for (const kind of ["message", "edited"]) stream.on(kind, (event) => this.#onMessage(event));
    for (const kind of ["deleted", "read"]) stream.on(kind, (event) => this.#onUnread(event));
    stream.on("chat", (event) => this.#onChat(event));
    stream.on("person", (person) => this.#onPerson(person));
    stream.on("call", (call) => this.#onCall(call));
    stream.on("faults", ({ faults }) => {
      this.faults = faults;
      this.#tell("faults");
    });
    stream.on("clock", (clock) => this.#onClock(clock));
  }

  /** Return the sandbox's time in milliseconds: it flows with ours while it runs. */
  now() {
    const flowed = this.clock.running ? performance.now() - this.#clockReadAt : 0;
    return Date.parse(this.clock.now) + flowed;
  }

  chat(personId, key) {
    return this.persons.get(personId)?.chats.find((chat) => chat.key === key) ?? null;
  }

  /** Return the name of a chat as a bot sees it. */
  chatName(chatId) {
    const person = this.persons.get(Number(chatId));
    if (person) return person.name;
    for (const { chats } of this.persons.values()) {
      const group = chats.find((chat) => chat.chat_id === Number(chatId));
      if (group) return group.title;
    }
    return chatId === null || chatId === undefined ? "" : String(chatId);
  }

  #onMessage({ person, chat: key, message, unread }) {
    const chat = this.chat(person, key);
    if (!chat) return this.#fetch(person);
    if (!chat.last || message.message_id >= chat.last.message_id) {
      chat.last = lastOf(message);
      chat.heard = this.#heard += 1;
    }
    this.#countUnread(person, chat, unread);
  }

  #onUnread({ person, chat: key, unread }) {
    const chat = this.chat(person, key);
    if (chat) this.#countUnread(person, chat, unread);
  }

  #countUnread(personId, chat, unread) {
    chat.unread = unread;
    const person = this.persons.get(personId);
    person.unread = person.chats.reduce((sum, each) => sum + each.unread, 0);
    this.#tell("persons");
  }

  #onChat({ person: personId, chat }) {
    const person = this.persons.get(personId);
    if (!person) return this.#fetch(personId);
    const place = person.chats.findIndex((each) => each.key === chat.key);
    if (place < 0) person.chats.push(chat);
    else person.chats[place] = chat;
    this.#tell("persons");
  }

  #onPerson(person) {
    const known = this.persons.get(person.user_id);
    this.persons.set(person.user_id, { ...person, chats: person.chats ?? known?.chats ?? [] });
    this.#tell("persons");
  }

  async #fetch(personId) {
    if (this.#asked.has(personId)) return;
    this.#asked.add(personId);
    try {
      this.#onPerson(await api.person(personId));
    } finally {
      this.#asked.delete(personId);
    }
  }

  #onCall(call) {
    this.calls.push(call);
    if (this.calls.length > 2 * KEPT_CALLS) this.calls = this.calls.slice(-KEPT_CALLS);
    if (!call.ok) this.refused += 1;
    this.#tell("calls");
  }

  /** Show the new time at once, and ask what comes due from there. */
  async #onClock(clock) {
    this.#setClock({ ...this.clock, ...clock });
    await this.askClock();
  }

  /** Fetch the time and what comes due. */
  async askClock() {
    const clock = await api.clock().catch(() => null);
    if (clock) this.#setClock(clock);
  }

  #setClock(clock) {
    this.clock = clock;
    setZone(clock.zone);
    this.#clockReadAt = performance.now();
    this.#tell("clock");
  }

  #tell(part) {
    this.dispatchEvent(new Event(part));
  }
}

function lastOf({ message_id, date, text, caption, service, outgoing }) {
  return { message_id, date, text: text || caption || service || "", outgoing };
}
