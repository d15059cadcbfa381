// Choosing: who to be, where to go, whom to invite.

import { avatar, el, freshId, logo } from "./dom.js";
import { openDialog } from "./dialogs.js";
import { formElement, focusForm } from "./forms.js";
import { post } from "./http.js";
import { byDepartment, conversationName, personName } from "./names.js";
import { directId, state } from "./state.js";
import { t } from "./words.js";

const MANY = 20;

/** All people as links that make this tab (or a new one) theirs, at a `place` like #/m/7. */
export function peopleList(people, place = "") {
  const list = el("div", { class: "people" }, byDepartment(people).map(([department, members]) => el("section", {},
    el("h2", {}, department),
    el("ul", {}, members.map((one) => el("li", {}, el("a", { class: "person", href: `/?as=${encodeURIComponent(one.id)}${place}`, "aria-current": one.id === state.me?.id ? "true" : null },
      avatar(one.name), el("span", {}, one.name, one.id === state.me?.id && el("span", { class: "faint" }, ` (${t("me")})`)))))))));
  return people.length > MANY ? [filterOf(list), list] : list;
}

function filterOf(list) {
  const narrow = (words) => {
    for (const line of list.querySelectorAll("li")) line.hidden = !line.textContent.toLowerCase().includes(words);
    for (const section of list.children) section.hidden = !section.querySelector("li:not([hidden])");
  };
  return el("input", { type: "search", class: "people-filter jump-input", placeholder: t("filter-people"), "aria-label": t("filter-people"), autofocus: true, oninput: (event) => narrow(event.target.value.trim().toLowerCase()) });
}

export function switchPerson() {
  const add = el("button", { type: "button", class: "button normal", onclick: () => { dialog.close(); newPerson(); } }, t("new-person"));
  const dialog = openDialog(t("switch"), [el("p", { class: "hint" }, t("switch-hint")), peopleList([...state.people.values()]), el("div", { class: "buttons form-end" }, add)]);
}

export function newPerson() {
  const languages = ["zh-Hans", "zh-Hant", "en"].map((value) => ({ value, label: t(`lang-${value}`) }));
  ask(t("new-person"), t("add"), [
    { name: "name", label: t("person-name"), input: "text" },
    { name: "department", label: t("department"), input: "text", required: false },
    { name: "language", label: t("language"), input: "choice", choices: languages, value: document.documentElement.lang },
    { name: "timezone", label: t("timezone"), input: "text", hint: t("timezone-hint"), value: state.me.timezone, required: false },
  ], async (values) => {
    const { id } = await post("/api/people", values);
    location.assign(`/?as=${encodeURIComponent(id)}`);
  });
}

export function newRoom(open) {
  ask(t("new-room"), t("create"), [
    { name: "name", label: t("room-name"), input: "text" },
    { name: "members", label: t("members"), input: "people", required: false },
  ], async ({ name, members }) => {
    const { id } = await post("/api/rooms", { name, members: members.split(",").filter(Boolean) });
    open(id);
  });
}

/** Who is in a room, and letting others in. */
export function showMembers(room) {
  const members = room.members.map((id) => state.people.get(id)).filter(Boolean);
  const add = el("button", { type: "button", class: "button normal", onclick: () => { dialog.close(); addMembers(room); } }, t("add-members"));
  const list = el("ul", { class: "members" }, members.map((one) => el("li", {}, avatar(one.name, "small"), el("span", {}, one.name), el("span", { class: "faint" }, one.department))));
  const dialog = openDialog(`# ${room.name} · ${t("member-count", { n: members.length })}`, [list, el("div", { class: "buttons form-end" }, add)], { narrow: true });
}

function addMembers(room) {
  ask(t("add-members"), t("add"), [{ name: "members", label: t("members"), input: "people" }], ({ members }) =>
    post("/api/members", { conversation: room.id, members: members.split(",") }));
}

/** Ctrl+K: a word, arrows, Enter; where something waits stands first. */
export function jumpTo(open) {
  const id = freshId("jump");
  const list = el("ul", { id, class: "jump-list", role: "listbox", "aria-label": t("conversations") });
  const input = el("input", { type: "text", class: "jump-input", placeholder: t("jump-hint"), "aria-label": t("jump"), role: "combobox", "aria-expanded": "true", "aria-controls": id, autocomplete: "off", oninput: draw, onkeydown: keys });
  const dialog = openDialog(t("jump"), [input, list], { narrow: true, bare: true, kind: "jump" });
  let found = [];
  let at = 0;
  draw();
  input.focus();

  function draw() {
    const typed = input.value.trim().toLowerCase();
    found = places().filter((one) => `${one.name} ${one.id} ${one.what}`.toLowerCase().includes(typed));
    at = 0;
    list.replaceChildren(...(found.length ? found.map(line) : [el("li", { class: "faint", role: "presentation" }, t("nothing-found"))]));
    mark();
  }

  function line(one, index) {
    return el("li", { id: `${id}-${index}`, role: "option", onclick: () => go(one) }, one.sign, el("span", { dir: "auto" }, one.name), el("span", { class: "faint" }, one.what));
  }

  function keys(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && found[at]) go(found[at]);
    else if (event.key === "ArrowDown") at = Math.min(at + 1, found.length - 1);
    else if (event.key === "ArrowUp") at = Math.max(at - 1, 0);
    else return;
    event.preventDefault();
    mark();
  }

  function mark() {
    if (!found.length) return input.removeAttribute("aria-activedescendant");
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    input.setAttribute("aria-activedescendant", `${id}-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  function go(one) {
    dialog.close();
    open(one.id);
  }
}

function places() {
  const rooms = [...state.conversations.values()].filter((one) => !one.with)
    .map((one) => ({ id: one.id, name: conversationName(one), what: t("member-count", { n: one.members.length }), sign: el("span", { class: "hash", "aria-hidden": "true" }, "#") }));
  const people = [...state.people.values()].filter((one) => one.active && one.id !== state.me.id)
    .map((one) => ({ id: directId(one.id, state.me.id), name: one.name, what: one.department, sign: avatar(one.name, "small") }));
  const bot = { id: directId(state.bot, state.me.id), name: personName(state.bot), what: t("bot-badge"), sign: logo() };
  const waits = (one) => (state.conversations.get(one.id)?.unread ? 0 : 1);
  return [bot, ...rooms, ...people].sort((one, other) => waits(one) - waits(other));
}

function ask(title, submit, fields, act) {
  const full = fields.map((field) => ({ required: true, value: "", hint: "", problem: "", choices: [], limit: 80, ...field }));
  const draw = (problem = "", typed = {}) => {
    const form = formElement({ title, note: problem, submit, fields: full }, send, { typed, cancel: () => dialog.close(), heading: "h2" });
    return form;
  };
  const dialog = openDialog(title, draw(), { bare: true, narrow: true });
  focusForm(dialog.querySelector("form"));

  function send(values) {
    act(values).then(() => dialog.close(), () => dialog.querySelector("form").replaceWith(draw(t("failed"), values)));
    return "";
  }
}
