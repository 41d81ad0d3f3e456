// The clock of the sandbox: what time it is, what comes due, and how to get there.

import { api } from "./api.js";
import { el, reconcile, setAttributes } from "./dom.js";
import { icon } from "./icons.js";
import { dayOf, fieldOf, instantOf, momentOf, relativeTo, timeOf, timeWithSeconds, zone } from "./when.js";
import { lang, t } from "./words.js";

const STEPS = [
  ["+1 minute", 60],
  ["+1 hour", 3600],
  ["+1 day", 86_400],
  ["+7 days", 604_800],
];

const nameOf = ({ name, names }) => names[lang] ?? name;

const stopOf = (due) => due.filter(({ at }) => Date.parse(at) === Date.parse(due[0].at));
/** The names of one stop in a row; what several begin with, up to a colon, is said once. */
const inARow = (names) =>
  names
    .map((name, at) => {
      const [begins] = name.match(/^[^:：]*[:：]\s*/) ?? [""];
      return begins && names[at - 1]?.startsWith(begins) ? name.slice(begins.length) : name;
    })
    .join(" · ");
const calledFor = (due) => due.filter(({ passing }) => !passing);

export class TimeControl {
  #store;
  #travels = false;
  #day = el("span.clock-day", null);
  #time = el("span.clock-time", null);
  #run = el("button.round", { type: "button", onclick: () => this.#move({ running: !this.#store.clock.running }) });
  #now = el(
    "button.clock-now",
    { type: "button", "aria-haspopup": "dialog", popovertarget: "time-sheet", title: t("Time control") },
    this.#day,
    this.#time,
  );
  #next = el("button.clock-next", { type: "button", onclick: () => this.#move({ travel_to: "next" }) });
  #due = el("ol.due-list", null);
  #zone = el("p.quiet", null);
  #refusal = el("p.refusal", { role: "alert" });
  #steps = el(
    "div.steps",
    null,
    STEPS.map(([label, seconds]) =>
      el("button.chip", { type: "button", onclick: () => this.#move({ advance_s: seconds }) }, t(label)),
    ),
  );
  #target = el("input.target", {
    type: "datetime-local",
    "aria-label": t("Day and time to travel to"),
    required: true,
  });
  #sheet = el(
    "div.sheet.time-sheet",
    { id: "time-sheet", popover: "auto", role: "dialog", "aria-label": t("Time control") },
    el("h2", null, t("Time control")),
    this.#steps,
    el(
      "form.target-row",
      { onsubmit: (event) => this.#onTarget(event) },
      this.#target,
      el("button.chip", null, t("Travel")),
    ),
    this.#refusal,
    el("h3", null, t("What comes due")),
    this.#due,
    this.#zone,
  );
  element = el("div.clock", { role: "group", "aria-label": t("Time") }, this.#run, this.#now, this.#next, this.#sheet);

  constructor(store) {
    this.#store = store;
    store.addEventListener("clock", () => this.#draw());
    this.#sheet.addEventListener("toggle", (event) => event.newState === "open" && this.#onOpen());
    setInterval(() => store.clock.running && this.#onTick(), 500);
    this.#draw();
  }

  #draw() {
    const { running, due } = this.#store.clock;
    this.#run.replaceChildren(icon(running ? "pause" : "play"));
    const title = running ? t("Stop the clock") : t("Let the clock run");
    setAttributes(this.#run, { "aria-label": title, title });
    this.#zone.textContent = t("Times are those of {0}. A journey stops at every moment on its way.", zone);
    this.#drawTime();
    this.#drawNext(calledFor(due));
    const rows = due.map((moment) => this.#dueItem(moment));
    const nothing = { key: "nothing", parts: [], node: () => el("li.quiet", null, t("Nothing is planned.")) };
    reconcile(this.#due, rows.length ? rows : [nothing], ({ node }) => node());
  }

  #onTick() {
    this.#drawTime();
    const [next] = this.#store.clock.due;
    if (next && Date.parse(next.at) <= this.#store.now()) this.#store.askClock();
  }

  #drawTime() {
    const now = this.#store.now();
    this.#day.textContent = dayOf(now, now);
    this.#time.textContent = this.#store.clock.running ? timeWithSeconds(now) : timeOf(now);
  }

  /** Name all that the next stop brings; what every day brings is passed by. */
  #drawNext(due) {
    const [moment] = due;
    this.element.classList.toggle("travels", this.#travels);
    this.#next.disabled = this.#travels || !moment;
    const name = moment ? inARow(stopOf(due).map(nameOf)) : t("Nothing is planned.");
    const when = moment && momentOf(Date.parse(moment.at), this.#store.now());
    const words = el("span.next-words", null, el("b", null, name), when ? el("span", null, when) : null);
    const title = when ? t("Next: {0}, {1}", name, when) : name;
    this.#next.replaceChildren(icon("next"), words);
    setAttributes(this.#next, { "aria-label": title, title });
  }

  #dueItem(moment) {
    const { at } = moment;
    const name = nameOf(moment);
    const now = this.#store.now();
    const when = momentOf(Date.parse(at), now);
    const away = relativeTo(Date.parse(at), now);
    const words = () => [el(moment.passing ? "span.quiet" : "b", null, name), el("time", { datetime: at }, when), el("span.quiet", null, away)];
    const attributes = { type: "button", disabled: this.#travels, onclick: () => this.#move({ travel_to: at }) };
    const node = () => el("li", null, el("button.due", attributes, words()));
    return { key: `${at} ${name}`, parts: [when, away, this.#travels], node };
  }

  #onOpen() {
    this.#store.askClock();
    this.#target.value = fieldOf(this.#store.now());
  }

  #onTarget(event) {
    event.preventDefault();
    this.#move({ travel_to: new Date(instantOf(this.#target.value)).toISOString() });
  }

  async #move(move) {
    this.#travels = !("running" in move);
    this.#refusal.textContent = "";
    this.#draw();
    try {
      await api.moveClock(move);
    } catch (error) {
      this.#refusal.textContent = t(error.message);
      if (!this.#sheet.matches(":popover-open")) this.#sheet.showPopover();
    } finally {
      this.#travels = false;
      this.#draw();
    }
  }
}
