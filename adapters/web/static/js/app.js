// The page: who one is from the address, the frames of the socket into state, and the parts side by side.

import { createComposer } from "./composer.js";
import { openDialog, toast, toastBox } from "./dialogs.js";
import { el, iconButton, logo } from "./dom.js";
import { busy, focusForm, formElement } from "./forms.js";
import { get } from "./http.js";
import { createLog } from "./log.js";
import { conversationName } from "./names.js";
import { jumpTo, newRoom, peopleList, showMembers, switchPerson } from "./pickers.js";
import { createSidebar } from "./sidebar.js";
import { botConversation, conversation, logOf, setNow, state } from "./state.js";
import { wear } from "./theme.js";
import { showTime, timeMachine } from "./time.js";
import { act, again, connect, eventId, tell } from "./wire.js";
import { speak, t } from "./words.js";

const READS_MS = 250;

let parts = null;
let dialog = null;
const reads = new Map(); // how far one has read, by conversation, that the server was not told yet
let resting = false;

wear();
const as = new URLSearchParams(location.search).get("as");
let turn = Promise.resolve();
// One frame after the other: the greeting waits for words and history, and what comes meanwhile waits for it.
const unsent = as && connect(as, (frame) => { turn = turn.then(() => FRAMES[frame.type]?.(frame)).catch((fault) => console.error(fault)); });
if (!as) choosePerson();

async function choosePerson() {
  await speak("");
  const { people } = await get("/api/people");
  document.title = t("who-are-you");
  document.body.replaceChildren(el("main", { class: "gate" }, el("div", { class: "gate-box wide" },
    el("div", { class: "gate-head" }, logo(), el("h1", {}, t("who-are-you"))), el("p", { class: "hint" }, t("who-hint")), peopleList(people, location.hash))));
}

const FRAMES = {
  hello,
  nobody: choosePerson,
  offline: () => document.body.classList.add("offline"),
  message: ({ message }) => arrived(message),
  done: ({ id }) => { parts.log.done(id); closeForm(id); },
  failed: ({ id, frame }) => { parts.log.failed(id); failedForm(id); if (frame.type !== "say") toast(t("failed"), "bad"); },
  toast: ({ text, tone }) => toast(text, tone),
  form: showForm,
  conversation: ({ conversation: one }) => { state.conversations.set(one.id, one); parts.sidebar.draw(); if (one.id === state.current) drawTitle(one); },
  people: ({ people }) => { setPeople(people); parts.sidebar.draw(); if (!sameMe()) setTimeout(() => location.reload(), TO_READ); },
  presence: ({ online }) => { state.online = new Set(online); parts.sidebar.draw(); },
  read: ({ conversation: id, upto }) => wasRead(id, upto),
  time: ({ now }) => { setNow(now); showTime(); parts.log.refresh(); },
};

async function hello(frame) {
  document.body.classList.remove("offline");
  const first = !parts;
  if (!first && frame.seq < state.seq) return location.reload(); // another archive: the demo was reset
  Object.assign(state, { me: frame.me, bot: frame.bot, workplace: frame.workplace, demo: frame.demo, commands: frame.commands });
  state.me.timezone = usable(state.me.timezone);
  setNow(frame.now);
  setPeople(frame.people);
  state.online = new Set(frame.online);
  for (const one of frame.conversations) state.conversations.set(one.id, one);
  if (first) await begin();
  else caughtUp(frame);
  state.seq = Math.max(state.seq, frame.seq);
  parts.sidebar.draw();
  return undefined;
}

function caughtUp({ missed }) {
  if (missed) for (const message of missed) parts.log.message(message);
  else for (const id of state.logs.keys()) parts.log.reload(id);
  if (!logOf(state.current).loaded) parts.log.show(state.current);
}

async function begin() {
  await speak(state.me.language);
  const log = createLog(ACTS, haveRead);
  const composer = createComposer(say);
  const go = (id) => { location.hash = `#/c/${encodeURIComponent(id)}`; };
  const menu = iconButton("menu", t("menu"), () => drawer(true), { class: "icon-button head-menu" });
  const told = (n) => {
    menu.toggleAttribute("data-waiting", n > 0);
    menu.setAttribute("aria-label", n ? `${t("menu")} · ${t("unread", { n })}` : t("menu"));
  };
  const sidebar = createSidebar({ open: () => drawer(false), jump: () => jumpTo(go), newRoom: () => newRoom(go), switchPerson, told });
  const title = el("div", { class: "head-title" });
  const head = el("header", { class: "head" }, menu, title, state.demo && timeMachine());
  parts = { log, composer, sidebar, title, menu };
  document.body.replaceChildren(
    el("a", { class: "skip", href: "#composer", onclick: (event) => { event.preventDefault(); composer.focus(); } }, t("skip")),
    el("div", { class: "app" }, sidebar.node, el("div", { class: "shade", onclick: () => drawer(false) }),
      el("main", { class: "main" }, head, el("div", { class: "offline-note", role: "status" }, t("offline")), log.node, toastBox(), composer.node)));
  addEventListener("hashchange", route);
  matchMedia("(max-width: 719px)").addEventListener("change", () => drawer(false));
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); if (!document.querySelector("dialog[open]")) jumpTo(go); }
    if (event.key === "Escape") drawer(false);
  });
  document.addEventListener("visibilitychange", () => !document.hidden && log.back());
  addEventListener("focus", () => log.back());
  addEventListener("pagehide", tellReads);
  await route();
  unsent.forEach(log.hold);
  reopenForm();
}

async function route() {
  const [, kind, given] = /^#\/(c|m)\/(.+)$/.exec(location.hash) ?? [];
  if (kind === "m") return openMessage(Number(given));
  const id = kind ? written(given) : botConversation();
  if (conversation(id)) return open(id);
  toast(t("no-conversation"), "warn");
  const here = state.current || botConversation();
  history.replaceState(null, "", `#/c/${encodeURIComponent(here)}`);
  return open(here);
}

/** The name in an address; a broken one is nobody's. */
function written(given) {
  try {
    return decodeURIComponent(given);
  } catch {
    return "";
  }
}

async function openMessage(id) {
  try {
    const { conversation: where } = await get("/api/message", { id });
    await open(where, id);
    const node = parts.log.find(id);
    node?.scrollIntoView({ block: "center" });
    node?.focus({ preventScroll: true });
    node?.classList.add("linked");
  } catch {
    toast(t("not-found"), "warn");
    if (!state.current) await open(botConversation());
  }
}

async function open(id, downTo = 0) {
  const last = state.current;
  state.current = id;
  const one = conversation(id);
  drawTitle(one);
  if (last !== id) parts.composer.open(id);
  drawer(false);
  parts.sidebar.draw();
  await parts.log.show(id, downTo);
  if (matchMedia("(hover: hover)").matches && !downTo) parts.composer.focus();
}

function drawTitle(one) {
  const words = one.with
    ? el("span", { class: "faint" }, state.people.get(one.with)?.department ?? t("bot-badge"))
    : el("button", { type: "button", class: "text-button faint", "aria-label": t("show-members", { name: one.name }), onclick: () => showMembers(conversation(one.id)) }, t("member-count", { n: one.members.length }));
  parts.title.replaceChildren(el("h1", { dir: "auto" }, one.with ? conversationName(one) : `# ${one.name}`), words);
}

function arrived(message) {
  const id = message.conversation;
  const known = message.seq <= state.seq && logOf(id).messages.some((one) => one.id === message.id);
  const fresh = !logOf(id).messages.some((one) => one.id >= message.id);
  const line = conversation(id);
  if (line) {
    state.conversations.set(id, line);
    if (fresh) line.last = message.at;
    if (fresh && !known && message.author !== state.me.id && message.id > line.read) line.unread += 1;
  }
  parts.log.message(message);
  parts.sidebar.draw();
}

function haveRead(id, upto) {
  const line = conversation(id);
  if (!line || (upto <= line.read && !line.unread && upto > 0) || (document.hidden && upto > 0)) return;
  wasRead(id, upto);
  reads.set(id, upto);
  if (!resting) tellReads();
}

/** A room in which a hundred lines come at once is read once, and what one says meanwhile does not wait behind it. */
function tellReads() {
  for (const [id, upto] of reads) tell({ type: "read", conversation: id, upto });
  resting = reads.size > 0 && setTimeout(tellReads, READS_MS);
  reads.clear();
}

function wasRead(id, upto) {
  const line = conversation(id);
  if (!line || upto < line.read) return;
  Object.assign(line, { read: upto, unread: 0 });
  parts?.sidebar.draw();
}

function say(what) {
  const frame = { type: "say", id: eventId(), conversation: state.current, ...what };
  parts.log.hold(frame);
  act(frame);
}

const ACTS = {
  press: (message, button) => act({ type: "press", message: message.id, command: button.command, version: button.version }),
  submit: (message, form, values) => act({ type: "submit", conversation: message.conversation, message: message.id, command: form.command, values, version: form.version }),
  reply: (message) => parts.composer.replyTo(message),
  toAction: (message) => say({ text: "/action add", mentions: [], quoted: message.id, attachments: [] }),
  retry: (frame) => { parts.log.hold(frame); again(frame.id, frame); },
  copyLink,
};

async function copyLink(message) {
  try {
    await navigator.clipboard.writeText(`${location.origin}/#/m/${message.id}`);
    toast(t("copied"));
  } catch {
    location.hash = `#/m/${message.id}`;
  }
}

/** A form as an answer: in a dialog. A second one for the same act takes the place of the first, with what was typed. */
function showForm({ id, conversation: where, form, typed: kept = null }) {
  const inline = document.querySelector(`.card form[data-act="${CSS.escape(id)}"]`);
  const card = inline?.closest(".message");
  const again = dialog && [dialog.act, dialog.asked].includes(id);
  const typed = inline?.values() ?? (again ? dialog.form.values() : kept);
  const frame = (values) => ({ id, conversation: where, form, typed: values });
  const send = (values) => {
    const sent = act({ type: "submit", conversation: where, message: Number(card?.dataset.id ?? 0), command: form.command, values, version: form.version });
    if (!inline) Object.assign(dialog, { act: sent, typed: null });
    if (!inline) keepForm(null);
    return sent;
  };
  const node = formElement(form, send, { typed: typed ?? {}, cancel: inline ? null : () => dialog.node.close(), heading: inline ? "h3" : "h2" });
  if (inline) inline.replaceWith(node);
  else {
    const keep = () => { dialog.typed = keepForm(frame(node.values())); };
    inDialog(node, form, keep);
    dialog.asked = id;
    node.addEventListener("input", keep);
    if (typed) keep();
    else keepForm(frame(null));
  }
  focusForm(node);
}

const OPEN_FORM = "bihuan-open-form";

/** A reload keeps an open form and what was typed into it; in this tab, for this person. */
function keepForm(frame) {
  if (frame) sessionStorage.setItem(OPEN_FORM, JSON.stringify({ as, frame }));
  else sessionStorage.removeItem(OPEN_FORM);
  return frame;
}

function reopenForm() {
  const held = JSON.parse(sessionStorage.getItem(OPEN_FORM) ?? "null");
  if (held?.as === as) showForm(held.frame);
}

/** `keep` takes down what has been typed, which is then in `typed`. */
function inDialog(node, form, keep) {
  if (dialog) dialog.form.replaceWith(node);
  else {
    const box = openDialog(form.title, node, { bare: true });
    dialog = { node: box };
    box.addEventListener("close", closed);
  }
  Object.assign(dialog, { form: node, act: "", typed: null, keep });
}

/** What was typed into a form that was closed unsent is not gone: it can be opened again. */
function closed() {
  const { typed } = dialog;
  dialog = null;
  keepForm(null);
  if (typed) toast(t("form-closed"), "neutral", { label: t("form-reopen"), act: () => showForm(typed) });
}

/** The sent form was taken: its dialog goes. */
function closeForm(id) {
  if (dialog?.act === id) dialog.node.close();
}

/** The sent form was not taken: it is there to be sent again. */
function failedForm(id) {
  if (dialog?.act !== id) return;
  busy(dialog.form, false);
  dialog.keep();
}

/** On a narrow page the list lies over the rest, which nobody reaches meanwhile. */
function drawer(wide) {
  const was = document.body.classList.contains("drawer");
  document.body.classList.toggle("drawer", wide);
  document.querySelector(".main").inert = wide;
  if (wide) parts.sidebar.node.querySelector("[aria-current], a")?.focus();
  else if (was) parts.menu.focus();
}

function setPeople(people) {
  state.people = new Map(people.map((one) => [one.id, one]));
}

/** Milliseconds for the toast that says so, before the page is drawn anew in another language. */
const TO_READ = 1_500;

/** Whether I still read the language and the zone that the page was drawn in. */
function sameMe() {
  const me = state.people.get(state.me.id);
  return !me || (me.language === state.me.language && usable(me.timezone) === state.me.timezone);
}

function usable(zone) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone || undefined });
    return zone;
  } catch {
    return "";
  }
}
