// Writes instants in the reader's own zone and language.

import { locale, t } from "./words.js";

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const format = (options) => new Intl.DateTimeFormat(locale, options);
const TIME = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const TIME_S = format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const DAY = format({ month: "short", day: "numeric", weekday: "short" });
const DAY_OF_YEAR = format({ year: "numeric", month: "short", day: "numeric", weekday: "short" });
const SHORT_DAY = format({ month: "numeric", day: "numeric" });
const FULL = format({ dateStyle: "full", timeStyle: "long" });
const RELATIVE = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

/** Return "17:05" of milliseconds. */
export const timeOf = (ms) => TIME.format(ms);
export const timeWithSeconds = (ms) => TIME_S.format(ms);
export const fullTime = (ms) => FULL.format(ms);

/** Return "11月27日周四", with the year where it is not that of `now`. */
export function dayOf(ms, now) {
  return (new Date(ms).getFullYear() === new Date(now).getFullYear() ? DAY : DAY_OF_YEAR).format(ms);
}

/** Return day and time of a moment. */
export const momentOf = (ms, now) => `${dayOf(ms, now)} ${timeOf(ms)}`;

/** Return the shortest useful form for a list: the time today, else the day. */
export function shortly(ms, now) {
  return isSameDay(ms, now) ? timeOf(ms) : SHORT_DAY.format(ms);
}

/** Return the heading of a day in a chat. */
export const dayHeading = (ms, now) => (isSameDay(ms, now) ? t("Today") : dayOf(ms, now));

/** Tell whether both instants fall on one day of the reader's calendar. */
export function isSameDay(a, b) {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** Return "in 3 days" or "2 hours ago". */
export function relativeTo(ms, now) {
  const seconds = Math.round((ms - now) / 1000);
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS.at(-1);
  return RELATIVE.format(Math.round(seconds / size), unit);
}

const FLAGS = {
  w: { weekday: "long" },
  d: { year: "numeric", month: "numeric", day: "numeric" },
  D: { year: "numeric", month: "long", day: "numeric" },
  t: { hour: "2-digit", minute: "2-digit" },
  T: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

/** Return a `date_time` entity's instant by its format (`r` or `w?[dD]?[tT]?`), or null where its own text stands. */
export function formattedMoment(ms, flags, now) {
  if (flags === "r") return relativeTo(ms, now);
  if (!flags) return null;
  const options = Object.assign({ hourCycle: "h23" }, ...[...flags].map((flag) => FLAGS[flag] ?? {}));
  return format(options).format(ms);
}
