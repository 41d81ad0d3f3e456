// Faults at the press of a button: the next calls are refused, delayed or their answers lost.

import { api } from "./api.js";
import { roundButton } from "./controls.js";
import { el } from "./dom.js";
import { t } from "./words.js";

const KINDS = [
  ["429 Too Many Requests", { code: 429, retry_after: 5 }],
  ["403 Blocked by the user", { code: 403 }],
  ["400 Bad Request", { code: 400 }],
  ["409 Conflict", { code: 409 }],
  ["500 Server error", { code: 500 }],
  ["502 Bad Gateway", { code: 502 }],
  ["Slow by 5 s", { code: 0, delay: 5 }],
  ["Cut off, not done", { drop: true }],
  ["Done, but the answer is lost", { lose_answer: true }],
];
const METHODS = [
  "sendMessage",
  "sendPhoto",
  "sendDocument",
  "sendMediaGroup",
  "editMessageText",
  "answerCallbackQuery",
  "getUpdates",
];
const TIMES = [
  ["once", 1],
  ["3 times", 3],
  ["10 times", 10],
  ["until removed", 0],
];

export class Faults {
  #store;
  #panes;
  #method = choice(t("Method"), [["", t("Every method")], ...METHODS.map((name) => [name, name])]);
  #times = choice(
    t("How often"),
    TIMES.map(([label, times]) => [times, t(label)]),
  );
  #whom = choice(t("Whose chat"), []);
  #refusal = el("p.refusal", { role: "alert" });
  #list = el("ul.fault-list", { "aria-label": t("Ordered faults") });
  #limits = el("input", { type: "checkbox", role: "switch", onchange: () => this.#setLimits() });
  #kinds = el(
    "div.fault-kinds",
    null,
    KINDS.map(([label, what]) => this.#kindButton(label, what)),
  );
  element = el(
    "div.faults",
    { role: "tabpanel", "aria-label": t("Faults") },
    el("p.quiet", null, t("The next matching calls of the bot fail like this:")),
    el("div.fault-choice", null, this.#method, this.#whom, this.#times),
    this.#kinds,
    this.#refusal,
    this.#list,
    limitsRow(this.#limits),
  );

  constructor(store, panes) {
    this.#method.value = METHODS[0];
    this.#store = store;
    this.#panes = panes;
    store.addEventListener("faults", () => this.#draw());
    panes.addEventListener("change", () => this.#drawWhom());
    api.limits().then(
      ({ on }) => (this.#limits.checked = on),
      () => {},
    );
    this.#drawWhom();
    this.#draw();
  }

  #drawWhom() {
    const names = this.#panes.ids.map((id) => el("option", { value: id }, this.#store.chatName(id)));
    this.#whom.replaceChildren(el("option", { value: "" }, t("Every chat")), ...names);
  }

  #draw() {
    const rows = this.#store.faults.map((fault) => this.#row(fault));
    const all =
      rows.length > 1
        ? [
            el(
              "li",
              null,
              el(
                "button.chip",
                { type: "button", onclick: () => this.#try(() => api.removeFaults()) },
                t("Remove all"),
              ),
            ),
          ]
        : [];
    this.#list.replaceChildren(...rows, ...all);
  }

  #kindButton(label, what) {
    return el("button.fault-kind", { type: "button", onclick: () => this.#order(what) }, t(label));
  }

  #row(fault) {
    const whom = fault.chat_id ? this.#store.chatName(fault.chat_id) : "";
    const left = fault.left > 0 ? t("{0} left", fault.left) : t("until removed");
    const where = [fault.method ?? t("Every method"), whom, fault.contains, left].filter(Boolean).join(" · ");
    const words = el("span", null, el("b", null, kindOf(fault)), el("span.quiet", null, where));
    const remove = () => this.#try(() => api.removeFault(fault.id));
    return el("li.fault", null, words, roundButton("close", t("Remove {0}", kindOf(fault)), remove));
  }

  #order(what) {
    const order = { ...what, times: Number(this.#times.value) };
    if (this.#method.value) order.method = this.#method.value;
    if (this.#whom.value) order.chat_id = Number(this.#whom.value);
    return this.#try(() => api.addFault(order));
  }

  #setLimits() {
    return this.#try(() => api.setLimits(this.#limits.checked));
  }

  async #try(work) {
    this.#refusal.textContent = "";
    try {
      await work();
    } catch (error) {
      this.#refusal.textContent = t(error.message);
    }
  }
}

function choice(label, options) {
  return el(
    "select.chip",
    { "aria-label": label },
    options.map(([value, words]) => el("option", { value }, words)),
  );
}

function limitsRow(input) {
  const rates = el("span.quiet", null, t("30 a second, 1 a second a chat, 20 a minute a group"));
  return el("label.switch-row", null, input, el("span", null, el("b", null, t("Telegram's limits")), rates));
}

function kindOf(fault) {
  if (fault.lose_answer) return t("Done, but the answer is lost");
  if (fault.drop) return t("Cut off, not done");
  if (fault.code === 0) return t("Slow by {0} s", fault.delay);
  return t(KINDS.find(([, { code }]) => code === fault.code)?.[0] ?? String(fault.code));
}
