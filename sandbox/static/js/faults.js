// Faults at the press of a button: the next calls are refused, delayed or their answers lost.

import { api } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const KINDS = [
  ["429 Too Many Requests", { code: 429, retry_after: 5 }], ["403 Blocked by the user", { code: 403 }],
  ["400 Bad Request", { code: 400 }], ["409 Conflict", { code: 409 }], ["500 Server error", { code: 500 }], ["502 Bad Gateway", { code: 502 }],
  ["Slow by 5 s", { code: 0, delay: 5 }], ["Cut off, not done", { drop: true }], ["Done, but the answer is lost", { lose_answer: true }],
];
const METHODS = ["sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup", "editMessageText", "answerCallbackQuery", "getUpdates"];
const TIMES = [["once", 1], ["3 times", 3], ["10 times", 10], ["until removed", 0]];

export class Faults {
  #store;
  #panes;
  #method = el("select.chip", { "aria-label": t("Method") }, el("option", { value: "" }, t("Every method")), METHODS.map((name) => el("option", { value: name }, name)));
  #times = el("select.chip", { "aria-label": t("How often") }, TIMES.map(([label, times]) => el("option", { value: times }, t(label))));
  #whom = el("select.chip", { "aria-label": t("Whose chat") });
  #refusal = el("p.refusal", { role: "alert" });
  #list = el("ul.fault-list", { "aria-label": t("Ordered faults") });
  #limits = el("input", { type: "checkbox", role: "switch", onchange: () => this.#setLimits() });
  element = el("div.faults", { role: "tabpanel", "aria-label": t("Faults") },
    el("p.quiet", null, t("The next matching calls of the bot fail like this:")),
    el("div.fault-choice", null, this.#method, this.#whom, this.#times),
    el("div.fault-kinds", null, KINDS.map(([label, what]) => el("button.fault-kind", { type: "button", onclick: () => this.#order(label, what) }, t(label)))),
    this.#refusal, this.#list,
    el("label.switch-row", null, this.#limits, el("span", null, el("b", null, t("Telegram's limits")), el("span.quiet", null, t("30 a second, 1 a second a chat, 20 a minute a group")))));

  constructor(store, panes) {
    this.#store = store;
    this.#panes = panes;
    store.addEventListener("faults", () => this.#draw());
    panes.addEventListener("change", () => this.#drawWhom());
    api.limits().then(({ on }) => (this.#limits.checked = on), () => {});
    this.#drawWhom();
    this.#draw();
  }

  #drawWhom() {
    const names = this.#panes.ids.map((id) => el("option", { value: id }, this.#store.chatName(id)));
    this.#whom.replaceChildren(el("option", { value: "" }, t("Every chat")), ...names);
  }

  #draw() {
    const rows = this.#store.faults.map((fault) => this.#row(fault));
    const all = rows.length > 1 ? [el("li", null, el("button.chip", { type: "button", onclick: () => this.#try(() => api.removeFaults()) }, t("Remove all")))] : [];
    this.#list.replaceChildren(...rows, ...all);
  }

  #row(fault) {
    const where = [fault.method ?? t("Every method"), fault.chat_id ? this.#store.chatName(fault.chat_id) : "", fault.contains].filter(Boolean).join(" · ");
    const left = fault.left > 0 ? t("{0} left", fault.left) : t("until removed");
    return el("li.fault", null, el("span", null, el("b", null, kindOf(fault)), el("span.quiet", null, `${where} · ${left}`)),
      el("button.round", { type: "button", "aria-label": t("Remove {0}", kindOf(fault)), onclick: () => this.#try(() => api.removeFault(fault.id)) }, icon("close")));
  }

  #order(label, what) {
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

function kindOf(fault) {
  if (fault.lose_answer) return t("Done, but the answer is lost");
  if (fault.drop) return t("Cut off, not done");
  if (fault.code === 0) return t("Slow by {0} s", fault.delay);
  return t(KINDS.find(([, { code }]) => code === fault.code)?.[0] ?? String(fault.code));
}
