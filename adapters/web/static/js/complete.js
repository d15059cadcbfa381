// The list over the composer: commands after a slash, people after an @. A combobox's listbox, by the book.

import { avatar, el, logo } from "./dom.js";
import { conversation, state } from "./state.js";
import { t } from "./words.js";

const SHOWN = 50;

export function createCompletion(area, onPerson) {
  const list = el("ul", { id: "completion", class: "completion popover", role: "listbox", hidden: true });
  let choices = [];
  let at = 0;
  area.setAttribute("role", "combobox");
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", "completion");
  area.setAttribute("aria-expanded", "false");
  area.addEventListener("blur", close);
  return { node: list, update, close, key };

  function update() {
    const before = area.value.slice(0, area.selectionStart);
    choices = commands(before) ?? people(before) ?? [];
    at = 0;
    if (choices.length === 0) return close();
    list.setAttribute("aria-label", t(choices[0].person ? "people" : "commands"));
    list.replaceChildren(...choices.map(draw));
    list.hidden = false;
    area.setAttribute("aria-expanded", "true");
    mark();
  }

  function close() {
    choices = [];
    list.hidden = true;
    area.setAttribute("aria-expanded", "false");
    area.removeAttribute("aria-activedescendant");
  }

  /** Whether the key was the list's. */
  function key(event) {
    if (choices.length === 0) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      at = (at + (event.key === "ArrowDown" ? 1 : choices.length - 1)) % choices.length;
      mark();
    } else if (event.key === "Escape") close();
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !choices[at].whole)) take(choices[at]);
    else return false;
    return true;
  }

  function mark() {
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    area.setAttribute("aria-activedescendant", `completion-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  function take(choice) {
    const end = area.selectionStart;
    area.setRangeText(choice.insert, choice.from, end, "end");
    if (choice.person) onPerson(choice.person);
    close();
    area.dispatchEvent(new Event("input"));
    close();
    area.focus();
  }

  function draw(choice, index) {
    const words = choice.person
      ? [choice.person.id === state.bot ? logo() : avatar(choice.person.name, "small"), el("strong", {}, choice.label), el("span", { class: "faint" }, choice.what)]
      : [el("code", {}, choice.label), el("span", { class: "faint" }, choice.what)];
    return el("li", { id: `completion-${index}`, role: "option", onmousedown: (event) => { event.preventDefault(); take(choice); } }, words);
  }
}

function commands(before) {
  if (!/^[/／][^\n]*$/.test(before)) return null;
  const typed = `/${before.slice(1)}`.toLowerCase();
  const words = typed.slice(1).trim();
  const fit = state.commands.filter(({ line, what }) => line.toLowerCase().startsWith(typed) || (words && !typed.includes(" ") && (line + what).toLowerCase().includes(words)));
  const first = ({ line }) => (line.toLowerCase().startsWith(typed) ? 0 : 1);
  return fit.sort((one, other) => first(one) - first(other)).slice(0, SHOWN)
    .map(({ line, what }) => ({ from: 0, insert: `${line} `, label: line, what, whole: line.toLowerCase() === typed.trim() }));
}

function people(before) {
  const found = /(?<![\w.-])[@＠]([\p{L}\p{N}_.-]{0,20})$/u.exec(before); // not an e-mail address's
  if (!found) return null;
  const typed = found[1].toLowerCase();
  const here = new Set(conversation(state.current)?.members ?? []);
  const bot = { id: state.bot, name: t("bot"), department: t("bot-badge"), active: true };
  const fit = [...state.people.values(), bot].filter((one) => one.active && (one.name.toLowerCase().includes(typed) || one.id.toLowerCase().includes(typed)));
  const first = (one) => (here.has(one.id) ? 0 : one.id === state.bot ? 1 : 2);
  return fit.sort((one, other) => first(one) - first(other)).slice(0, SHOWN)
    .map((person) => ({ from: before.length - found[0].length, insert: `@${person.name} `, label: person.name, what: person.department, person }));
}
