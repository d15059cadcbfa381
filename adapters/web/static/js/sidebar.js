// The left: the workplace, its rooms, direct messages with the bot first, and who one is.

import { arrange, avatar, el, icon, iconButton, logo } from "./dom.js";
import { conversationName, inOrder, personName } from "./names.js";
import { conversation, state } from "./state.js";
import { themeButton } from "./theme.js";
import { t } from "./words.js";

/** `told(n)` hears how many messages wait outside of the open conversation, whenever it is drawn. */
export function createSidebar({ open, jump, newRoom, switchPerson, told }) {
  const rooms = el("ul", {});
  const directs = el("ul", {});
  const lists = el("div", { class: "side-lists" },
    section(t("rooms"), rooms, iconButton("plus", t("new-room"), newRoom)),
    section(t("directs"), directs, iconButton("plus", t("new-direct"), jump)));
  const me = el("button", { type: "button", class: "side-me", "aria-label": t("you-are", { name: state.me.name }), title: t("switch"), onclick: switchPerson },
    avatar(state.me.name), el("span", { class: "side-me-words" }, el("strong", {}, state.me.name), el("span", { class: "faint" }, state.me.department)), icon("down"));
  const node = el("nav", { class: "side", "aria-label": t("conversations") },
    el("div", { class: "side-head" }, logo(), el("strong", { class: "side-name" }, state.workplace || t("bot"))),
    el("button", { type: "button", class: "side-jump", onclick: jump }, icon("search"), el("span", {}, t("jump")), el("kbd", {}, /^(Mac|iP)/.test(navigator.platform) ? "⌘ K" : "Ctrl K")),
    lists,
    el("div", { class: "side-foot" }, me, themeButton()));
  return { node, draw };

  function draw() {
    const all = [...state.conversations.values()];
    if (state.current && !state.conversations.has(state.current)) all.push(conversation(state.current));
    const held = lists.contains(document.activeElement) && document.activeElement.getAttribute("href");
    const compare = inOrder();
    arrange(rooms, all.filter((one) => !one.with).sort((one, other) => compare(one.name, other.name)).map((one) => entry(one, rooms)));
    arrange(directs, all.filter((one) => one.with).sort((one, other) => rank(one) - rank(other) || other.last.localeCompare(one.last)).map((one) => entry(one, directs)));
    if (held) lists.querySelector(`[href="${CSS.escape(held)}"]`)?.focus();
    const waiting = all.reduce((sum, one) => sum + one.unread, 0);
    told(waiting - (conversation(state.current)?.unread ?? 0));
    const here = conversation(state.current);
    document.title = `${waiting ? `(${waiting}) ` : ""}${here ? `${conversationName(here)} · ` : ""}${state.workplace || t("bot")}`;
  }

  /** The line of a conversation; the one that stands there, as long as it would say the same: a press on it is not lost. */
  function entry(one, list) {
    const name = conversationName(one);
    const shows = JSON.stringify([one.id, name, one.unread, one.id === state.current, state.online.has(one.with)]);
    const there = [...list.children].find((node) => node.shows === shows);
    const unread = one.unread > 0 && el("span", { class: "unread", role: "img", "aria-label": t("unread", { n: one.unread }) }, one.unread > 99 ? "99+" : String(one.unread));
    return there ?? Object.assign(el("li", {}, el("a", {
      class: `side-entry${one.unread ? " waiting" : ""}`, href: `#/c/${encodeURIComponent(one.id)}`,
      "aria-current": one.id === state.current ? "page" : null, onclick: () => open(one.id),
    }, sign(one), el("span", { class: "side-entry-name", dir: "auto" }, name), unread)), { shows });
  }
}

function section(title, list, button) {
  return el("section", {}, el("div", { class: "side-section" }, el("h2", {}, title), button), list);
}

function sign(one) {
  if (!one.with) return el("span", { class: "hash", "aria-hidden": "true" }, "#");
  if (one.with === state.bot) return logo();
  const online = state.online.has(one.with);
  return el("span", { class: "face" }, avatar(personName(one.with), "small"), online && el("span", { class: "online", role: "img", "aria-label": t("online") }));
}

function rank(one) {
  return one.with === state.bot ? 0 : 1;
}
