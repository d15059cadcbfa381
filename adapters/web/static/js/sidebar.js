// The left: the workplace, its rooms, direct messages with the bot first, and who one is.

import { avatar, el, icon, iconButton, logo } from "./dom.js";
import { conversationName, personName } from "./names.js";
import { conversation, state } from "./state.js";
import { themeButton } from "./theme.js";
import { t } from "./words.js";

export function createSidebar({ open, jump, newRoom, switchPerson }) {
  const lists = el("div", { class: "side-lists" });
  const me = el("button", { type: "button", class: "side-me", "aria-label": t("you-are", { name: state.me.name }), title: t("switch"), onclick: switchPerson },
    avatar(state.me.name), el("span", { class: "side-me-words" }, el("strong", {}, state.me.name), el("span", { class: "faint" }, state.me.department)), icon("down"));
  const node = el("nav", { class: "side", "aria-label": t("conversations") },
    el("div", { class: "side-head" }, logo(), el("strong", { class: "side-name" }, state.workplace || t("bot"))),
    el("button", { type: "button", class: "side-jump", onclick: jump }, icon("search"), el("span", {}, t("jump")), el("kbd", {}, "Ctrl K")),
    lists,
    el("div", { class: "side-foot" }, me, themeButton()));
  return { node, draw };

  function draw() {
    const all = [...state.conversations.values()];
    if (state.current && !state.conversations.has(state.current)) all.push(conversation(state.current));
    const rooms = all.filter((one) => !one.with);
    const directs = all.filter((one) => one.with).sort((one, other) => rank(one) - rank(other) || other.last.localeCompare(one.last));
    lists.replaceChildren(
      section(t("rooms"), rooms, iconButton("plus", t("new-room"), newRoom)),
      section(t("directs"), directs, iconButton("plus", t("new-direct"), jump)));
    const waiting = all.reduce((sum, one) => sum + one.unread, 0);
    const here = conversation(state.current);
    document.title = `${waiting ? `(${waiting}) ` : ""}${here ? `${conversationName(here)} · ` : ""}${state.workplace || t("bot")}`;
  }

  function section(title, conversations, button) {
    return el("section", {}, el("div", { class: "side-section" }, el("h2", {}, title), button), el("ul", {}, conversations.map(entry)));
  }

  function entry(one) {
    const name = conversationName(one);
    const unread = one.unread > 0 && el("span", { class: "unread", "aria-label": t("unread", { n: one.unread }) }, one.unread > 99 ? "99+" : String(one.unread));
    return el("li", {}, el("a", {
      class: `side-entry${one.unread ? " waiting" : ""}`, href: `#/c/${encodeURIComponent(one.id)}`,
      "aria-current": one.id === state.current ? "page" : null, onclick: () => open(one.id),
    }, sign(one), el("span", { class: "side-entry-name", dir: "auto" }, name), unread));
  }
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
