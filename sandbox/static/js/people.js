// The list of persons: search, choices, rows; usable by keyboard from the search field.

import { el, oncePerFrame, setAttributes } from "./dom.js";
import { icon } from "./icons.js";
import { PeopleFilters } from "./people_filters.js";
import { peopleRows, tagCounts } from "./people_rows.js";
import { headingRow, personRow } from "./person_row.js";
import { VirtualList } from "./virtual.js";
import { t } from "./words.js";

const HEADING_PX = 34;
const PERSON_PX = 60;

export class People {
  #store;
  #panes;
  #active = null;
  #count = 0;
  #search = el("input.search", {
    type: "search",
    placeholder: t("Search name, branch, role"),
    "aria-label": t("Search persons"),
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": "people-list",
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => this.#onSearch(),
    onkeydown: (event) => this.#onKey(event),
  });
  #filters = new PeopleFilters(() => this.#toTop());
  #found = el("p.found", { role: "status" });
  #list = new VirtualList(
    { role: "listbox", id: "people-list", "aria-label": t("Persons"), tabindex: -1 },
    (row) => (row.kind === "heading" ? HEADING_PX : PERSON_PX),
    (row) => (row.kind === "heading" ? headingRow(row) : this.#personRow(row)),
  );
  #searchBox = el("label.search-box", null, icon("search"), this.#search);
  #head = el("div.people-head", null, this.#searchBox, this.#filters.element, this.#found);
  element = el("nav.people", { "aria-label": t("Persons") }, this.#head, this.#list.element);

  constructor(store, panes) {
    this.#store = store;
    this.#panes = panes;
    const draw = oncePerFrame(() => this.#draw());
    for (const part of ["persons", "clock"]) store.addEventListener(part, draw);
    panes.addEventListener("change", draw);
  }

  focus() {
    this.#search.focus();
    this.#search.select();
  }

  #draw() {
    const { chosen, unreadOnly } = this.#filters;
    const persons = this.#store.persons;
    this.#filters.show(tagCounts(persons.values()));
    const rows = peopleRows(persons.values(), { query: this.#search.value, chosen, unreadOnly, keep: this.#panes.ids });
    this.#count = rows.at(-1)?.place ?? 0;
    this.#found.textContent = this.#count ? t("{0} of {1} persons", this.#count, persons.size) : t("Nobody is found.");
    this.#list.show(rows);
    setAttributes(this.#search, { "aria-activedescendant": this.#active && `person-${this.#active}` });
  }

  #personRow(row) {
    const id = row.person.user_id;
    const state = {
      open: this.#panes.ids.includes(id),
      active: id === this.#active,
      of: this.#count,
      now: this.#store.now(),
    };
    return personRow(row, state, (beside) => this.#open(id, beside));
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
      const id = this.#active ?? this.#list.rows.find((row) => row.place === 1)?.person.user_id;
      if (id) this.#open(id, event.shiftKey);
    } else if (event.key === "Escape" && this.#search.value) {
      this.#search.value = "";
      this.#onSearch();
    }
  }

  #move(step) {
    const at = this.#list.rows.find((row) => row.person?.user_id === this.#active)?.place ?? (step > 0 ? 0 : 2);
    const index = this.#list.rows.findIndex((row) => row.place === Math.max(1, Math.min(this.#count, at + step)));
    if (index < 0) return;
    this.#active = this.#list.rows[index].person.user_id;
    this.#draw();
    this.#list.reveal(index);
  }

  #open(id, beside) {
    this.#active = id;
    this.#panes.open(id, { beside });
  }
}
