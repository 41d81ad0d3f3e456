// Chooses and groups the persons to list. Pure.

/** Return whether each word of the query is found in the person's name, username, id or tags. */
export function matches(person, words) {
  if (!words.length) return true;
  person.haystack ??= [person.name, person.username ?? "", person.user_id, ...Object.values(person.tags)]
    .join("\n")
    .toLowerCase();
  return words.every((word) => person.haystack.includes(word));
}

/** Return the rows `{kind: "heading", title, count}` and `{kind: "person", person, place}`, grouped by the first tag. */
export function peopleRows(persons, { query, chosen, unreadOnly, keep }) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = Object.entries(chosen).filter(([, value]) => value);
  const found = [...persons].filter(
    (person) =>
      (!unreadOnly || person.unread > 0 || keep.includes(person.user_id)) &&
      wanted.every(([key, value]) => person.tags[key] === value) &&
      matches(person, words),
  );
  return withHeadings(found);
}

function withHeadings(persons) {
  const groups = new Map();
  for (const person of persons) {
    const title = Object.values(person.tags)[0] ?? "";
    if (!groups.has(title)) groups.set(title, []);
    groups.get(title).push(person);
  }
  let place = 0;
  return [...groups].flatMap(([title, members]) => [
    ...(title ? [{ kind: "heading", title, count: members.length }] : []),
    ...members.map((person) => ({ kind: "person", person, place: (place += 1) })),
  ]);
}

/** Return `{key: Map(value → count)}` over all persons, values in the order of their first person. */
export function tagCounts(persons) {
  const counts = {};
  for (const { tags } of persons) {
    for (const [key, value] of Object.entries(tags)) {
      counts[key] ??= new Map();
      counts[key].set(value, (counts[key].get(value) ?? 0) + 1);
    }
  }
  return counts;
}
