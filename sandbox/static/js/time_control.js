// The clock of the sandbox: what time it is, what comes due, and how to get there.

import { api } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { dayOf, momentOf, relativeTo, timeOf, timeWithSeconds, zone } from "./when.js";
import { t } from "./words.js";

const STEPS = [["+1 minute", 60], ["+1 hour", 3600], ["+1 day", 86_400], ["+7 days", 604_800]];

export class TimeControl {
  #store;
  #travels = false;
  #day = el("span.clock-day", null);
  #time = el("span.clock-time", null);
  #run = el("button.round", { type: "button", onclick: () => this.#move({ running: !this.#store.clock.running }) });
  #now = el("button.clock-now", { type: "button", "aria-haspopup": "dialog", popovertarget: "time-sheet", title: t("Time control") }, this.#day, this.#time);
  #next = el("button.clock-next", { type: "button", onclick: () => this.#move({ travel_to: "next" }) });
  #due = el("ol.due-list", null);
  #refusal = el("p.refusal", { role: "alert" });
  #steps = el("div.steps", null, STEPS.map(([label, seconds]) =>
    el("button.chip", { type: "button", onclick: () => this.#move({ advance_s: seconds }) }, t(label))));
  #target = el("input.target", { type: "datetime-local", "aria-label": t("Day and time to travel to"), required: true });
  #sheet = el("div.sheet.time-sheet", { id: "time-sheet", popover: "auto", role: "dialog", "aria-label": t("Time control") },
    el("h2", null, t("Time control")), this.#steps,
    el("form.target-row", { onsubmit: (event) => this.#onTarget(event) }, this.#target, el("button.chip", null, t("Travel"))),
    this.#refusal, el("h3", null, t("What comes due")), this.#due, el("p.quiet", null, t("Times are those of {0}. A journey stops at every moment on its way.", zone)));
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
    this.#run.setAttribute("aria-label", running ? t("Stop the clock") : t("Let the clock run"));
    this.#run.title = running ? t("Stop the clock") : t("Let the clock run");
    this.#drawTime();
    this.#drawNext(due[0]);
    this.#due.replaceChildren(...(due.length ? due.map((moment) => this.#dueRow(moment)) : [el("li.quiet", null, t("Nothing is planned."))]));
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

  #drawNext(moment) {
    this.element.classList.toggle("travels", this.#travels);
    this.#next.disabled = this.#travels || !moment;
    const words = moment ? [el("b", null, moment.name), el("span", null, momentOf(Date.parse(moment.at), this.#store.now()))] : [el("b", null, t("Nothing is planned."))];
    this.#next.replaceChildren(icon("next"), el("span.next-words", null, words));
    this.#next.setAttribute("aria-label", moment ? t("Next: {0}, {1}", moment.name, momentOf(Date.parse(moment.at), this.#store.now())) : t("Nothing is planned."));
    this.#next.title = this.#next.getAttribute("aria-label");
  }

  #dueRow({ at, name }) {
    const ms = Date.parse(at);
    const now = this.#store.now();
    return el("li", null, el("button.due", { type: "button", disabled: this.#travels, onclick: () => this.#move({ travel_to: at }) },
      el("b", null, name), el("time", { datetime: at }, momentOf(ms, now)), el("span.quiet", null, relativeTo(ms, now))));
  }

  #onOpen() {
    this.#store.askClock();
    const now = new Date(this.#store.now());
    this.#target.value = new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }

  #onTarget(event) {
    event.preventDefault();
    this.#move({ travel_to: new Date(this.#target.value).toISOString() });
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
