// Stands in the field's place where a person cannot write: start, unblock, or no longer a member.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

/** Return the button for this state of a chat, or null where writing is possible; `does` is `{start(), unblock()}`. */
export function gateOf({ started, blocked, kind, inside }, startLink, does) {
  if (kind !== "private") return inside === false ? gate("block", t("No longer in this group"), null) : null;
  if (blocked) return gate("block", t("Unblock"), does.unblock);
  if (started) return null;
  return gate("start", startLink ? t("Start with the invitation") : t("Start"), does.start);
}

function gate(name, words, onclick) {
  return el("button.gate", { type: "button", disabled: !onclick, ...(onclick && { onclick }) }, icon(name), words);
}
