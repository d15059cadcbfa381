// One message: who, when, what; its menu; and whether it continues the one before.

import { avatar, el, icon, iconButton, logo } from "./dom.js";
import { drawCard, drawFile, drawWords, wordPattern } from "./cards.js";
import { clockTime, dayKey, personName } from "./names.js";
import { botConversation, state } from "./state.js";
import { t } from "./words.js";

const TOGETHER_MS = 5 * 60_000;
const LONG = 1_500;
const LONG_LINES = 18;

/** `acts` are what can be done with it: reply, toAction, copyLink, press, submit. */
export function drawMessage(message, before, acts) {
  const joined = before && continues(message, before);
  const name = personName(message.author);
  const node = el("article", {
    class: `message${joined ? " joined" : ""}${isAside(message) ? " private" : ""}${message.author === state.me.id ? " own" : ""}`,
    id: `m-${message.id}`,
    "data-id": message.id,
    "aria-label": `${name}, ${clockTime(message.at)}`,
    tabindex: "-1",
  });
  const moment = el("time", { datetime: message.at }, clockTime(message.at));
  const gutter = el("div", { class: "gutter" }, joined ? moment : face(message.author, name));
  const head = !joined && el("header", { class: "message-head" },
    el("span", { class: "author" }, name),
    message.author === state.bot && el("span", { class: "badge" }, t("bot-badge")),
    el("a", { class: "permalink", href: `#/m/${message.id}` }, moment),
    isAside(message) && el("span", { class: "only-you" }, icon("eye"), t("only-you")));
  const body = el("div", { class: "message-body" }, head, message.quoted && drawQuoted(message.quoted), content(message, acts));
  node.append(gutter, body, tools(message, acts));
  return Object.assign(node, { message, joined: Boolean(joined) });
}

/** Whether the node shows this very message as it would be drawn after the one before. */
export function stands(node, message, before) {
  return node?.message === message && node.joined === Boolean(before && continues(message, before));
}

/** Something said that the server has not confirmed. */
export function drawPending(frame, failed, retry) {
  const note = failed
    ? el("p", { class: "problem" }, t("not-sent"), " ", el("button", { type: "button", class: "text-button", onclick: retry }, t("retry")))
    : el("p", { class: "faint pending-note" }, t("sending"));
  return el("article", { class: "message own pending", "data-event": frame.id },
    el("div", { class: "gutter" }, avatar(state.me.name)),
    el("div", { class: "message-body" }, el("header", { class: "message-head" }, el("span", { class: "author" }, state.me.name)), drawWords(frame.text, knownNames()), note));
}

let known = { people: null, pattern: null };

/** What to find in people's words, made once for all of them. */
function knownNames() {
  if (known.people !== state.people) known = { people: state.people, pattern: wordPattern([t("bot"), "bihuan", "闭环", "閉環", ...[...state.people.values()].map((one) => one.name)]) };
  return known.pattern;
}

function continues(message, before) {
  return message.author === before.author && message.private === before.private && !message.quoted && !message.card && !before.card
    && Date.parse(message.at) - Date.parse(before.at) < TOGETHER_MS && dayKey(new Date(message.at)) === dayKey(new Date(before.at));
}

function face(author, name) {
  return author === state.bot ? logo() : avatar(name);
}

/** Shown to this person alone where others are; in the bot's own conversation that goes without saying. */
function isAside(message) {
  return message.private && message.conversation !== botConversation();
}

function drawQuoted(quoted) {
  return el("a", { class: "quoted", href: `#/m/${quoted.id}` },
    el("span", { class: "quoted-by" }, personName(quoted.author)), el("span", { class: "quoted-text", dir: "auto" }, quoted.text));
}

function content(message, acts) {
  if (message.card) return drawCard(message.card, { press: (button) => acts.press(message, button), submit: (form, values) => acts.submit(message, form, values) });
  const command = /^\s*[/／]/.test(message.text);
  const words = message.text && drawWords(message.text, knownNames());
  if (words && command) words.classList.add("command");
  const files = message.files && el("div", { class: "files" }, message.files.map(drawFile));
  return [words && folded(words, message.text), files];
}

/** Very long words are folded, never cut. */
function folded(words, text) {
  if (text.length < LONG && text.split("\n").length < LONG_LINES) return words;
  words.classList.add("folded");
  const button = el("button", { type: "button", class: "text-button", "aria-expanded": "false", onclick: () => {
    const open = !words.classList.toggle("folded");
    button.setAttribute("aria-expanded", String(open));
    button.textContent = t(open ? "show-less" : "show-all");
  } }, t("show-all"));
  return [words, button];
}

function tools(message, acts) {
  const menu = el("div", { class: "menu popover", role: "menu", hidden: true },
    entry("reply", () => acts.reply(message)),
    entry("action", () => acts.toAction(message), "to-action"),
    entry("link", () => acts.copyLink(message), "copy-link"));
  const more = iconButton("more", t("message-actions"), () => toggle(menu.hidden), { class: "icon-button more", "aria-haspopup": "menu", "aria-expanded": "false" });
  const box = el("div", { class: "tools" }, iconButton("reply", t("reply"), () => acts.reply(message), { class: "icon-button quick" }), more, menu);
  box.addEventListener("keydown", keys);
  box.addEventListener("focusout", (event) => !box.contains(event.relatedTarget) && toggle(false));
  return box;

  function entry(name, act, word = name) {
    return el("button", { type: "button", role: "menuitem", onmousedown: (event) => event.preventDefault(), onclick: () => { toggle(false); more.focus(); act(); } }, icon(name), t(word));
  }

  function toggle(open) {
    menu.hidden = !open;
    more.setAttribute("aria-expanded", String(open));
    if (open) menu.classList.toggle("upward", more.getBoundingClientRect().bottom > innerHeight - 260);
    if (open) menu.firstChild.focus();
  }

  function keys(event) {
    if (menu.hidden) return;
    const entries = [...menu.children];
    const at = entries.indexOf(document.activeElement);
    if (event.key === "Escape") { toggle(false); more.focus(); }
    else if (event.key === "ArrowDown") entries[(at + 1) % entries.length].focus();
    else if (event.key === "ArrowUp") entries[(at + entries.length - 1) % entries.length].focus();
    else return;
    event.preventDefault();
  }
}
