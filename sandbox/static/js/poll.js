// A poll: its options with their shares, and the person's vote.

import { el } from "./dom.js";
import { t } from "./words.js";

/** Return a poll; `onVote(message, [index])` is called for a choice, with none to take it back. */
export function pollOf(message, onVote) {
  const { poll } = message;
  const mine = new Set(poll.mine ?? []);
  const shows = poll.is_closed || mine.size > 0;
  const choose = (index) => onVote(message, chosen(poll, mine, index));
  const options = poll.options.map((option, index) =>
    optionRow(option, poll, { shows, mine: mine.has(index), choose: () => choose(index) }),
  );
  const kind = poll.is_closed ? t("Poll, closed") : poll.is_anonymous ? t("Anonymous poll") : t("Open poll");
  return el(
    "div.poll",
    { role: "group", "aria-label": poll.question },
    el("b.poll-question", null, poll.question),
    el("span.poll-kind", null, kind),
    options,
    el("span.poll-kind", null, t("{0} votes", poll.total_voter_count)),
  );
}

function chosen(poll, mine, index) {
  if (!poll.allows_multiple_answers) return mine.has(index) ? [] : [index];
  const next = new Set(mine);
  if (!next.delete(index)) next.add(index);
  return [...next].sort((a, b) => a - b);
}

function optionRow(option, poll, { shows, mine, choose }) {
  const share = poll.total_voter_count ? Math.round((100 * option.voter_count) / poll.total_voter_count) : 0;
  const row = el(
    "button.poll-option",
    { type: "button", disabled: poll.is_closed, "aria-pressed": String(mine), onclick: choose },
    el("span", null, option.text),
    shows ? el("span.poll-share", null, `${share}%`) : null,
  );
  row.style.setProperty("--share", shows ? `${share}%` : "0%");
  return row;
}
