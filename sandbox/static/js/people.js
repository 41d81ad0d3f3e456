// The list of persons: search, choice by tag, unread marks; usable by keyboard from the search field.

import { avatar } from "./avatar.js";
import { el, oncePerFrame, setAttributes } from "./dom.js";
import { icon } from "./icons.js";
import { peopleRows, tagCounts } from "./people_rows.js";
import { serverWords } from "./server_words.js";
import { VirtualList } from "./virtual.js";
import { shortly } from "./when.js";
import { t } from "./words.js";

const HEADING_PX = 34;
const PERSON_PX = 60;

export class People {
  #store;
  #panes;
  #chosen = {};
  #unreadOnly = false;
  #active = null;
  #count = 0;
  #search = el("input.search", {
    type: "search", placeholder: t("Search name, branch, role"), "aria-label": t("Search persons"), role: "combobox",
    "aria-expanded": "true", "aria-controls": "people-list", autocomplete: "off", spellcheck: "false",
    oninput: () => this.#onSearch(), onkeydown: (event) => this.#onKey(event),
  });
  #filters = el("div.filters", null);
  #found = el("p.found", { role: "status" });
  #list = new VirtualList({ role: "listbox", id: "people-list", "aria-label": t("Persons"), tabindex: -1 },
    (row) => (row.kind === "heading" ? HEADING_PX : PERSON_PX), (row) => this.#drawRow(row));
  element = el("nav.people", { "aria-label": t("Persons") },
    el("div.people-head", null, el("label.search-box", null, icon("search"), this.#search), this.#filters, this.#found), this.#list.element);

  constructor(store, panes) {
    this.#store = store;
    this.#panes = panes;
    const draw = oncePerFrame(() => this.#draw());
    store.addEventListener("persons", draw);
    panes.addEventListener("change", draw);
  }

  focus() {
    this.#search.focus();
    this.#search.select();
  }

  #draw() {
    this.#drawFilters();
    const rows = peopleRows(this.#store.persons.values(), {
      query: this.#search.value, chosen: this.#chosen, unreadOnly: this.#unreadOnly, keep: this.#panes.ids,
    });
    this.#count = rows.at(-1)?.place ?? 0;
    this.#found.textContent = this.#count ? t("{0} of {1} persons", this.#count, this.#store.persons.size) : t("Nobody is found.");
    this.#list.show(rows);
    setAttributes(this.#search, { "aria-activedescendant": this.#active && `person-${this.#active}` });
  }

  #drawFilters() {
    const counts = tagCounts(this.#store.persons.values());
    const state = JSON.stringify([Object.entries(counts).map(([key, values]) => [key, [...values]]), this.#unreadOnly]);
    if (state === this.#filters.state) return;
    this.#filters.state = state;
    const toggle = el("button.chip", { type: "button", "aria-pressed": String(this.#unreadOnly), onclick: () => this.#toggleUnread() }, t("Unread"));
    this.#filters.replaceChildren(...Object.entries(counts).map(([key, values]) => this.#filter(key, values)), toggle);
  }

  #filter(key, values) {
    const choose = (event) => {
      this.#chosen[key] = event.currentTarget.value;
      this.#toTop();
    };
    const options = [...values].map(([value, count]) => el("option", { value, selected: this.#chosen[key] === value }, `${value} (${count})`));
    return el("select.chip", { "aria-label": t(key), onchange: choose }, el("option", { value: "" }, t("All: {0}", t(key))), options);
  }

  #toggleUnread() {
    this.#unreadOnly = !this.#unreadOnly;
    this.#toTop();
    this.#filters.querySelector("button").focus();
  }

  #onSearch() {
    this.#active = null;
    this.#toTop();
  }

  #toTop() {
    this.#list.element.scrollTop = 0;
    this.#draw();
  }

  #onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.#move(step);
    } else if (event.key === "Enter") {
      const id = this.#active ?? this.#list.rows.find((row) => row.kind === "person")?.person.user_id;
      if (id) this.#panes.open(id, { beside: event.shiftKey });
    } else if (event.key === "Escape" && this.#search.value) {
      this.#search.value = "";
      this.#onSearch();
    }
  }

  #move(step) {
    const persons = this.#list.rows.map((row, index) => ({ id: row.person?.user_id, index })).filter((row) => row.id);
    const at = persons.findIndex((row) => row.id === this.#active);
    const next = persons[at < 0 ? 0 : Math.max(0, Math.min(persons.length - 1, at + step))];
    if (!next) return;
    this.#active = next.id;
    this.#draw();
    this.#list.reveal(next.index);
  }

  #drawRow(row) {
    if (row.kind === "heading") {
      return el("div.people-heading", { role: "presentation" }, el("span", null, row.title), el("span.count", null, row.count));
    }
    return this.#personRow(row);
  }

  #personRow({ person, place }) {
    const open = this.#panes.ids.includes(person.user_id);
    const beside = el("button.round.beside", { type: "button", tabindex: -1, "aria-label": t("Open {0} beside", person.name), title: t("Open beside"), onclick: (event) => this.#open(event, person, true) }, icon("split"));
    const row = el("div.person", {
      id: `person-${person.user_id}`, role: "option", "aria-selected": String(open), "aria-posinset": place, "aria-setsize": this.#count,
      onclick: (event) => this.#open(event, person, event.metaKey || event.ctrlKey),
    }, avatar(person.user_id, person.name), this.#words(person), beside);
    row.classList.toggle("open", open);
    row.classList.toggle("active", person.user_id === this.#active);
    return row;
  }

  #words(person) {
    const [, ...roles] = Object.values(person.tags);
    const last = newestOf(person.chats);
    const now = this.#store.now();
    return el("div.person-words", null,
      el("div.person-line", null, el("b", null, person.name), roles.map((role) => el("span.role", null, role)),
        last ? el("time", null, shortly(last.date * 1000, now)) : null),
      el("div.person-line", null, el("span.preview", null, previewOf(person, last)),
        person.unread ? el("span.unread", { "aria-label": t("{0} unread", person.unread) }, person.unread) : null));
  }

  #open(event, person, beside) {
    event.stopPropagation();
    this.#active = person.user_id;
    this.#panes.open(person.user_id, { beside });
  }
}

/** Return the newest message; at a standing clock the one heard last, else that of a bot's own chat. */
function newestOf(chats) {
  const spoken = chats.filter((chat) => chat.last);
  spoken.sort((a, b) => b.last.date - a.last.date || (b.heard ?? 0) - (a.heard ?? 0) || b.key - a.key);
  return spoken[0]?.last ?? null;
}

function previewOf(person, last) {
  if (person.deactivated) return t("deleted account");
  if (!last) return t("has not started yet");
  return `${last.outgoing ? t("Me: ") : ""}${serverWords(last.text) || t("(picture or file)")}`;
}
