// The socket: one per tab, coming back by itself. What a person did is kept until the server has said "done", and is
// sent again under the same id after a break, so nothing is lost and nothing happens twice.

import { state } from "./state.js";

const FIRST_WAIT = 400;
const LONGEST_WAIT = 8_000;
const TRIES = 3;

let socket = null;
let wait = FIRST_WAIT;
let user = "";
let listener = () => {};
let greeted = false;
let met = false; // a greeting was heard, now or before the line broke
let early = []; // messages that came before this line's greeting: read a moment sooner, it may not hold them
const waiting = new Map();
const unsentKey = () => `bihuan-unsent-${user}`;

/** Opens the line; what was said before a reload and never confirmed is sent again, and told here. */
export function connect(as, onFrame) {
  user = as;
  listener = onFrame;
  const unsent = kept();
  for (const frame of unsent) waiting.set(frame.id, { frame, tries: 0 });
  open();
  addEventListener("online", () => !socket && open());
  return unsent;
}

/** In this tab and for this person: words that the server has not confirmed outlive a reload. */
function keepUnsent() {
  const frames = [...waiting.values()].filter(({ frame, heard }) => frame.type === "say" && !heard).map(({ frame }) => frame);
  sessionStorage.setItem(unsentKey(), JSON.stringify(frames));
}

function kept() {
  return JSON.parse(sessionStorage.getItem(unsentKey()) ?? "[]");
}

/** Sends what a person did; the id under which "done" will come. */
export function act(frame) {
  const id = frame.id ?? eventId();
  waiting.set(id, { frame: { ...frame, id }, tries: 0 });
  keepUnsent();
  flush(id);
  return id;
}

/** Sends what may be lost: how far one has read. */
export function tell(frame) {
  if (ready()) socket.send(JSON.stringify(frame));
}

/** Another round for something that was given up. */
export function again(id, frame) {
  act({ ...frame, id });
}

function open() {
  greeted = false;
  early = [];
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const query = new URLSearchParams({ user, ...(met && { seq: state.seq }) });
  socket = new WebSocket(`${scheme}://${location.host}/ws?${query}`);
  socket.addEventListener("message", (event) => receive(JSON.parse(event.data)));
  socket.addEventListener("close", closed);
}

function receive(frame) {
  if (frame.type === "hello") {
    greeted = met = true;
    wait = FIRST_WAIT;
    frame.missed?.push(...early);
  } else if (!greeted) return void (frame.type === "message" && early.push(frame.message));
  if (frame.type === "done") settled(frame.id);
  else if (waiting.has(frame.id)) answered(frame.id);
  listener(frame);
  if (frame.type === "hello") for (const id of [...waiting.keys()]) flush(id);
}

function closed(event) {
  socket = null;
  greeted = false;
  if (event.code === 4404) return listener({ type: "nobody" });
  listener({ type: "offline" });
  setTimeout(() => !socket && open(), wait + Math.random() * wait * 0.3);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

function flush(id) {
  const held = waiting.get(id);
  if (!held || !ready()) return;
  held.tries += 1;
  if (held.tries > TRIES) {
    settled(id);
    listener({ type: "failed", id, frame: held.frame });
    return;
  }
  socket.send(JSON.stringify(held.frame));
}

/** The answer is here, "done" is about to come: after a reload nobody is asked again. */
function answered(id) {
  waiting.get(id).heard = true;
  keepUnsent();
}

function settled(id) {
  waiting.delete(id);
  keepUnsent();
}

function ready() {
  return greeted && socket?.readyState === WebSocket.OPEN;
}

export function eventId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
