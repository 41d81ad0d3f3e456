// Writes instants in the reader's language, in the zone of the sandbox or else in the reader's own.

import { locale, t } from "./words.js";

const READERS_OWN = Intl.DateTimeFormat().resolvedOptions().timeZone;
const RELATIVE = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const TIME_S = { ...TIME, second: "2-digit" };
const DAY = { month: "short", day: "numeric", weekday: "short" };
const DAY_OF_YEAR = { year: "numeric", ...DAY };
const SHORT_DAY = { month: "numeric", day: "numeric" };
const FULL = { dateStyle: "full", timeStyle: "long" };
const FIELD = { year: "numeric", month: "2-digit", day: "2-digit", ...TIME };

export let zone = READERS_OWN;
const formats = new Map();

/** Write everything in this zone from now on; null is the reader's own. */
export function setZone(name) {
  zone = name ?? READERS_OWN;
}

function write(ms, options, language = locale) {
  const key = `${zone} ${language} ${JSON.stringify(options)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language, { ...options, timeZone: zone }));
  return formats.get(key).format(ms);
}

/** Return "17:05" of milliseconds. */
export const timeOf = (ms) => write(ms, TIME);
export const timeWithSeconds = (ms) => write(ms, TIME_S);
export const fullTime = (ms) => write(ms, FULL);

/** Return "11月27日周四", with the year where it is not that of `now`. */
export function dayOf(ms, now) {
  return write(ms, fieldOf(ms).slice(0, 4) === fieldOf(now).slice(0, 4) ? DAY : DAY_OF_YEAR);
}

/** Return day and time of a moment. */
export const momentOf = (ms, now) => `${dayOf(ms, now)} ${timeOf(ms)}`;

/** Return the shortest useful form for a list: the time today, else the day. */
export function shortly(ms, now) {
  return isSameDay(ms, now) ? timeOf(ms) : write(ms, SHORT_DAY);
}

/** Return the heading of a day in a chat. */
export const dayHeading = (ms, now) => (isSameDay(ms, now) ? t("Today") : dayOf(ms, now));

/** Tell whether both instants fall on one day of the zone's calendar. */
export function isSameDay(a, b) {
  return fieldOf(a).slice(0, 10) === fieldOf(b).slice(0, 10);
}

/** Return "2025-11-27T17:05", as a field for day and time holds it. */
export function fieldOf(ms) {
  return write(ms, FIELD, "sv-SE").replace(" ", "T");
}

/** Return the instant of such a field; one that daylight saving skips or repeats is off by that hour at most. */
export function instantOf(field) {
  const asUtc = Date.parse(`${field}Z`);
  const aheadAt = (ms) => Date.parse(`${fieldOf(ms)}Z`) - ms;
  return asUtc - aheadAt(asUtc - aheadAt(asUtc));
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
  return write(ms, Object.assign({ hourCycle: "h23" }, ...[...flags].map((flag) => FLAGS[flag] ?? {})));
}
