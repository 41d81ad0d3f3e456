// The log of what bots called: newest first, refusals in red, each opens to its parameters.

import { el, oncePerFrame, reconcile } from "./dom.js";
import { timeWithSeconds } from "./when.js";
import { t } from "./words.js";

const SHOWN = 200;

export class CallLog {
  #store;
  #open;
  #refusedOnly = el("input", { type: "checkbox", onchange: () => this.#draw() });
  #filter = el("input.search", {
    type: "search",
    placeholder: t("Method, chat or text"),
    "aria-label": t("Filter the log"),
    oninput: () => this.#draw(),
  });
  #list = el("ol.calls", { "aria-label": t("Calls") });
  element = el(
    "div.call-log",
    { role: "tabpanel", "aria-label": t("API log") },
    el("div.log-head", null, this.#filter, el("label.tray-choice", null, this.#refusedOnly, t("Refused only"))),
    this.#list,
  );

  /** `isOpen()` tells whether anybody looks. */
  constructor(store, isOpen) {
    this.#store = store;
    this.#open = isOpen;
    store.addEventListener(
      "calls",
      oncePerFrame(() => this.#draw()),
    );
  }

  show() {
    this.#draw();
  }

  #draw() {
    if (!this.#open()) return;
    const wanted = this.#filter.value.toLowerCase();
    const chosen = [];
    for (let index = this.#store.calls.length - 1; index >= 0 && chosen.length < SHOWN; index -= 1) {
      const call = this.#store.calls[index];
      if (call.method === "getUpdates" && call.ok) continue;
      if (this.#refusedOnly.checked && call.ok) continue;
      if (!wanted || this.#haystack(call).includes(wanted)) chosen.push(call);
    }
    reconcile(
      this.#list,
      chosen.map((call) => ({ key: String(call.seq), parts: [call], call })),
      ({ call }) => this.#row(call),
    );
  }

  #haystack(call) {
    const { text, caption } = call.params ?? {};
    return [call.method, this.#store.chatName(call.chat_id), call.chat_id, text, caption, call.description]
      .join("\n")
      .toLowerCase();
  }

  #row(call) {
    const summary = el(
      "summary",
      null,
      el("span.call-status", null, call.ok ? "✓" : (call.error_code ?? "✕")),
      el("span.call-method", null, call.method),
      el("span.call-chat", null, this.#store.chatName(call.chat_id)),
      el("time", null, timeWithSeconds(Date.parse(call.at))),
    );
    const details = el(
      "details.call",
      null,
      summary,
      call.ok ? null : el("p.call-why", null, call.description ?? t("no answer")),
    );
    details.addEventListener("toggle", () => details.open && fill(details, call), { once: true });
    const row = el("li", null, details);
    row.classList.toggle("refused", !call.ok);
    row.classList.toggle("faulty", Boolean(call.fault));
    return row;
  }
}

function fill(details, call) {
  const part = (title, value) => [el("h4", null, title), el("pre.json", null, JSON.stringify(value, null, 2))];
  details.append(
    el(
      "div.call-body",
      null,
      part(t("Parameters"), call.params),
      part(t("Answer"), call.ok ? call.result : { error_code: call.error_code, description: call.description }),
      el(
        "p.quiet",
        null,
        t("{0} ms", Math.round(call.ms * 10) / 10),
        call.fault ? ` · ${t("by an ordered fault")}` : "",
      ),
    ),
  );
}
