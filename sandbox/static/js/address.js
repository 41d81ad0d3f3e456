// Reads and writes what the page's address says: whose chats are open, and in which language.

const MOST_PANES = 3;

/** Return `{as: [user ids], lang}`. */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  const ids = (query.get("as") ?? "")
    .split(",")
    .map(Number)
    .filter((id) => Number.isInteger(id) && id > 0);
  return { as: [...new Set(ids)].slice(0, MOST_PANES), lang: query.get("lang") === "en" ? "en" : "zh" };
}

/** Return the address with these changes; null takes a part away. */
export function addressWith(changes) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString().replaceAll("%2C", ",");
  return text ? `?${text}` : location.pathname;
}

/** Note in the address and in the history whose chats are open. */
export function noteOpen(ids) {
  history.pushState(null, "", addressWith({ as: ids.join(",") }));
}
