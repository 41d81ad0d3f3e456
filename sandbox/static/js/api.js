// Speaks with the sandbox over HTTP; a refusal becomes an error that carries the sandbox's sentence.

export class Refused extends Error {}

async function ask(method, path, body) {
  const options = { method };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused("The sandbox does not answer.");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

const get = (path) => ask("GET", path);
const post = (path, body) => ask("POST", path, body);

function form(fields, files, part) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null && value !== "") data.append(name, String(value));
  }
  for (const file of files) data.append(part, file, file.name);
  return data;
}

const PAGE = 500;

/** Return every person, page after page. */
async function everybody() {
  const persons = [];
  for (;;) {
    const page = await get(`/sim/persons?offset=${persons.length}&limit=${PAGE}`);
    persons.push(...page.persons);
    if (!page.persons.length || persons.length >= page.total) return persons;
  }
}

export const api = {
  everybody,
  bots: () => get("/sim/bots").then((answer) => answer.bots),
  person: (id) => get(`/sim/persons/${id}`),
  chats: (id) => get(`/sim/persons/${id}/chats`).then((answer) => answer.chats),
  thread: (id, chat, before, limit = 50) =>
    get(`/sim/persons/${id}/chats/${chat}?limit=${limit}${before ? `&before=${before}` : ""}`),
  say: (id, message) => post(`/sim/persons/${id}/messages`, message),
  sendPhotos: (id, fields, files) => post(`/sim/persons/${id}/photos`, form(fields, files, "photo")),
  sendDocument: (id, fields, file) => post(`/sim/persons/${id}/documents`, form(fields, [file], "document")),
  sendSticker: (id, chat, emoji) => post(`/sim/persons/${id}/stickers`, { chat, emoji }),
  forward: (id, from, messageId, chat) =>
    post(`/sim/persons/${id}/forwards`, { from_chat: from, message_id: messageId, chat }),
  tap: (id, chat, messageId, data) => post(`/sim/persons/${id}/taps`, { chat, message_id: messageId, data, wait: 0 }),
  tapped: (tapId) => get(`/sim/taps/${tapId}`),
  vote: (id, chat, messageId, options) => post(`/sim/persons/${id}/votes`, { chat, message_id: messageId, options }),
  react: (id, chat, messageId, emoji) => post(`/sim/persons/${id}/reactions`, { chat, message_id: messageId, emoji }),
  block: (id, bot) => post(`/sim/persons/${id}/block`, { bot }),
  unblock: (id, bot) => post(`/sim/persons/${id}/unblock`, { bot }),
  read: (id, chat) => post(`/sim/persons/${id}/read`, { chat }),
  group: (id) => get(`/sim/groups/${id}`),
  outbox: (since) => get(`/sim/outbox?since=${since}&limit=${PAGE}`),
  faults: () => get("/sim/faults").then((answer) => answer.faults),
  addFault: (fault) => post("/sim/faults", fault),
  removeFault: (id) => ask("DELETE", `/sim/faults/${id}`),
  removeFaults: () => ask("DELETE", "/sim/faults"),
  limits: () => get("/sim/limits"),
  setLimits: (on) => post("/sim/limits", { on }),
  clock: () => get("/sim/clock"),
  moveClock: (move) => post("/sim/clock", move),
};
