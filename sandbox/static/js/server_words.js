// Says in the page's language the few sentences that the sandbox words in English.

import { t } from "./words.js";

const SERVICE = [
  [/^(.+) pinned “(.*)”$/s, "{0} pinned “{1}”"],
  [/^(.+) joined the group$/, "{0} joined the group"],
  [/^(.+) added (.+)$/, "{0} added {1}"],
  [/^(.+) left the group$/, "{0} left the group"],
  [/^(.+) removed (.+)$/, "{0} removed {1}"],
  [/^(.+) named the group “(.*)”$/s, "{0} named the group “{1}”"],
  [/^The group became a supergroup$/, "The group became a supergroup"],
  [/^(.+) created the group$/, "{0} created the group"],
];

/** Return what a service message tells, or the line that stands for a message in lists. */
export function serverWords(line) {
  for (const [pattern, words] of SERVICE) {
    const found = line.match(pattern);
    if (found) return t(words, ...found.slice(1).map(withMark));
  }
  return withMark(line);
}

const REFUSALS = [
  [/message is too long/, t("A message has at most 4,096 characters. Please send it in parts.")],
  [/caption is too long/, t("A caption has at most 1,024 characters. Please shorten it.")],
];

/** Return why something could not be done, for the person who tried; what has no words of ours stays as it is. */
export function refusalWords(message) {
  return REFUSALS.find(([pattern]) => pattern.test(message))?.[1] ?? t(message);
}

function withMark(excerpt) {
  return excerpt.replace(/^\[(photo|file|poll)\]/, (mark) => t(mark));
}
