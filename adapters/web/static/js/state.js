// What this tab knows: who one is, who else there is, conversations and their messages. One object, changed by frames.

export const state = {
  me: null,
  bot: "bihuan",
  workplace: "",
  demo: false,
  people: new Map(),
  online: new Set(),
  conversations: new Map(),
  commands: [],
  logs: new Map(),
  current: "",
  seq: 0,
  nowAt: { server: Date.now(), local: performance.now() },
};

/** The messages of a conversation that are here: oldest first, `more` when there are older ones on the server. */
export function logOf(id) {
  if (!state.logs.has(id)) state.logs.set(id, { messages: [], more: true, loaded: false, unreadFrom: 0 });
  return state.logs.get(id);
}

/** Puts a message in its place; the newer of two versions stays. Tells whether it was new here. */
export function keep(message) {
  const { messages } = logOf(message.conversation);
  state.seq = Math.max(state.seq, message.seq);
  let at = messages.length;
  while (at > 0 && messages[at - 1].id > message.id) at -= 1;
  if (at > 0 && messages[at - 1].id === message.id) {
    if (messages[at - 1].seq <= message.seq) messages[at - 1] = message;
    return false;
  }
  messages.splice(at, 0, message);
  return true;
}

/** The workplace's present moment, as the server last told it and the seconds since. */
export function now() {
  return new Date(state.nowAt.server + performance.now() - state.nowAt.local);
}

export function setNow(iso) {
  state.nowAt = { server: Date.parse(iso), local: performance.now() };
}

export const botConversation = () => directId(state.bot, state.me.id);
export const directId = (one, other) => `d:${[one, other].sort().join(":")}`;

/** A line on the left for a conversation that may have no message yet. */
export function conversation(id) {
  const known = state.conversations.get(id);
  if (known || !id.startsWith("d:")) return known;
  const other = id.split(":").slice(1).find((one) => one !== state.me.id);
  if (id !== directId(other, state.me.id) || !(other === state.bot || state.people.has(other))) return undefined;
  return { id, name: "", with: other, members: [state.me.id, other], unread: 0, read: 0, last: "" };
}
