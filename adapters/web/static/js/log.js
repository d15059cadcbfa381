// The middle of the page: the messages of one conversation, by day and author, older ones on scrolling up.

import { arrange, el, icon } from "./dom.js";
import { settle } from "./cards.js";
import { get } from "./http.js";
import { busy } from "./forms.js";
import { drawMessage, drawPending, stands } from "./message.js";
import { conversationName, dayKey, dayName } from "./names.js";
import { conversation, keep, logOf, now, state } from "./state.js";
import { t } from "./words.js";

const NEAR_END = 80;
const NEAR_START = 240;
// However long the history: so many messages are drawn at once, and so many more at a time when one scrolls on.
const DRAWN = 250;
const STEP = 50;

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function createLog(acts, onRead) {
  const list = el("div", { class: "log-list" });
  const pendingBox = el("div", { class: "log-pending" });
  const box = el("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0", onscroll: scrolled, onkeydown: walk, onpointerdown: press }, list, pendingBox);
  const jump = el("button", { type: "button", class: "to-end", hidden: true, onclick: () => toEnd("smooth") }, t("new-messages"), icon("down"));
  const node = el("div", { class: "log-frame" }, box, jump);
  const pending = new Map();
  let fetching = false;
  let from = 0; // the drawn part of the conversation's messages: [from, to)
  let to = 0;
  let atEnd = true; // nothing is below what is before the eyes
  const grown = new ResizeObserver(() => atEnd && (box.scrollTop = box.scrollHeight));
  let under = null; // the message under a finger or a button that is down: drawn again meanwhile, the press would meet nothing
  for (const over of ["pointerup", "pointercancel"]) addEventListener(over, () => setTimeout(lift)); // after the click
  grown.observe(box);
  grown.observe(list);

  return { node, show, message, reload, refresh: () => drawAround(from, to), back, hold, failed, done, find, focus: () => box.focus() };

  async function show(id, downTo = 0) {
    const log = logOf(id);
    const line = conversation(id);
    box.setAttribute("aria-label", t("log", { name: conversationName(line) }));
    log.unreadFrom = line.unread ? line.read : 0;
    if (!log.loaded || (downTo && !log.messages.some((one) => one.id === downTo))) await fetchPage(id, downTo);
    if (state.current !== id) return;
    const linked = log.messages.findIndex((one) => one.id === downTo);
    if (linked < 0) drawEnd();
    else draw(linked - STEP, linked + STEP);
    if (downTo) atEnd = false; // whoever asked for the message scrolls to it
    else place();
    seen();
  }

  async function reload(id) {
    const log = logOf(id);
    Object.assign(log, { messages: [], more: true, loaded: false });
    if (id === state.current) await show(id);
  }

  async function fetchPage(id, downTo = 0) {
    const log = logOf(id);
    const before = log.loaded && log.messages.length > 0 ? log.messages[0].id : 0;
    box.setAttribute("aria-busy", "true");
    try {
      const page = await get("/api/history", { conversation: id, before, down_to: downTo });
      for (const one of [...page.messages].reverse()) keep(one);
      Object.assign(log, { more: page.more, loaded: true });
    } catch (fault) {
      console.info("history waits for the connection", fault); // the page says that it is offline, and asks again
    } finally {
      box.removeAttribute("aria-busy");
    }
  }

  /** Draws the messages [first, last) of the conversation. */
  function draw(first, last) {
    const log = logOf(state.current);
    from = Math.max(0, first);
    to = Math.min(log.messages.length, last);
    box.setAttribute("aria-busy", "true"); // drawn again is not said again
    requestAnimationFrame(() => box.removeAttribute("aria-busy"));
    const unread = log.messages.find((one) => log.unreadFrom && one.id > log.unreadFrom && one.author !== state.me.id);
    arrange(list, [...start(log), ...log.messages.slice(from, to).flatMap((one, at) => around(one, log.messages[from + at - 1], one === unread))]);
    drawPendings();
  }

  /** Draws the newest; as many as there are unread, if that is more. */
  function drawEnd() {
    const { messages, unreadFrom } = logOf(state.current);
    const unread = messages.findIndex((one) => unreadFrom && one.id > unreadFrom);
    draw(Math.min(messages.length - STEP, unread < 0 ? Infinity : unread - 5), messages.length);
  }

  function drawAround(first, last) {
    steady(() => draw(first, last));
  }

  /** What is before the eyes stays there while something changes: the end, where one is at the end. */
  function steady(change) {
    const seenFirst = [...list.children].find((one) => one.dataset.id && one.offsetTop + one.offsetHeight > box.scrollTop);
    const offset = seenFirst ? seenFirst.offsetTop - box.scrollTop : 0;
    change();
    const again = seenFirst && find(seenFirst.dataset.id);
    if (atEnd) box.scrollTop = box.scrollHeight;
    else if (again) box.scrollTop = again.offsetTop - offset;
  }

  function start(log) {
    return from > 0 || log.more ? [] : [el("p", { class: "log-start faint" }, emptyWords(log))];
  }

  function around(one, before, unread) {
    const day = (!before || dayKey(new Date(before.at)) !== dayKey(new Date(one.at))) && el("div", { class: "day-line", role: "separator" }, el("span", {}, dayName(one.at)));
    const line = unread && el("div", { class: "unread-line", role: "separator" }, el("span", {}, t("unread-line")));
    const above = day || line ? null : before;
    const here = find(one.id);
    return [day, line, stands(here, one, above) || (here && here === under) ? here : drawMessage(one, above, acts)].filter(Boolean);
  }

  function emptyWords(log) {
    if (log.messages.length > 0) return t("start");
    return t(conversation(state.current).with === state.bot ? "empty-bot" : "empty-room");
  }

  /** A new or changed message of the conversation that is shown. */
  function message(one) {
    forget(one.event);
    const fresh = keep(one);
    if (one.conversation !== state.current || !logOf(one.conversation).loaded) return;
    const known = find(one.id);
    if (known && known !== under) redraw(known, one);
    else if (fresh) append(one);
    if (atEnd) seen();
  }

  /** One looks at the page again: what came meanwhile stands under a line. */
  function back() {
    const log = logOf(state.current);
    const line = conversation(state.current);
    if (!log.loaded) return;
    if (line.unread) log.unreadFrom = line.read;
    if (line.unread) drawAround(from, to);
    scrolled();
  }

  function press(event) {
    under = event.target.closest(".message");
  }

  /** What has changed under the press is drawn now. */
  function lift() {
    const node = under;
    under = null;
    const latest = node?.isConnected && logOf(state.current).messages.find((one) => one.id === node.message.id);
    if (latest && latest !== node.message) redraw(node, latest);
  }

  function redraw(known, one) {
    const { messages } = logOf(one.conversation);
    const held = known.contains(document.activeElement);
    const before = known.classList.contains("joined") ? messages[messages.indexOf(one) - 1] : null;
    const changed = drawMessage(one, before, acts);
    steady(() => known.replaceWith(changed));
    changed.classList.add("changed");
    if (held) (changed.querySelector(".card .button") ?? changed).focus({ preventScroll: true });
  }

  function append(one) {
    const log = logOf(one.conversation);
    const at = log.messages.indexOf(one);
    const own = one.author === state.me.id;
    if (at < log.messages.length - 1) return void drawAround(from, to + 1);
    if (to < at) return void (own ? toEnd() : (jump.hidden = false));
    to += 1;
    if (list.firstChild?.classList?.contains("log-start")) list.firstChild.textContent = emptyWords(log);
    list.append(...around(one, log.messages[at - 1], false));
    if (!atEnd && !own) return void (jump.hidden = false);
    if (to - from > DRAWN + STEP) drawEnd();
    toEnd();
    return undefined;
  }

  function hold(frame) {
    pending.set(frame.id, { frame, failed: false });
    drawPendings();
    toEnd();
  }

  function failed(id) {
    if (pending.has(id)) pending.get(id).failed = true;
    done(id);
    drawPendings();
  }

  /** What was under way under this id is over. */
  function done(id) {
    if (!pending.get(id)?.failed) forget(id);
    settle(list, id);
    for (const form of list.querySelectorAll(`form[data-act="${CSS.escape(id)}"]`)) busy(form, false);
  }

  function forget(event) {
    if (event && pending.delete(event)) drawPendings();
  }

  function drawPendings() {
    const here = [...pending.values()].filter((one) => one.frame.conversation === state.current);
    pendingBox.replaceChildren(...here.map((one) => drawPending(one.frame, one.failed, () => {
      pending.delete(one.frame.id);
      acts.retry(one.frame);
    })));
  }

  async function scrolled() {
    const last = list.lastElementChild;
    const whole = to === logOf(state.current).messages.length;
    const left = box.scrollHeight - box.scrollTop - box.clientHeight;
    atEnd = whole && left < NEAR_END;
    if (atEnd || (whole && last && last.offsetTop < box.scrollTop + NEAR_END)) {
      jump.hidden = true;
      seen();
    }
    if (box.scrollTop < NEAR_START) await older();
    else if (!whole && left < NEAR_START) drawAround(Math.max(from, to + STEP - DRAWN), to + STEP);
  }

  async function older() {
    const id = state.current;
    const log = logOf(id);
    if (fetching || !log.loaded || (from === 0 && !log.more)) return;
    fetching = true;
    try {
      const first = log.messages[from];
      if (from === 0) await fetchPage(id);
      if (state.current !== id) return;
      const at = log.messages.indexOf(first);
      drawAround(at - STEP, Math.min(to - from + at, at - STEP + DRAWN));
    } finally {
      fetching = false;
    }
  }

  function place() {
    const line = list.querySelector(".unread-line");
    if (!line) return toEnd();
    line.scrollIntoView({ block: "center" });
    scrolled();
  }

  /** To the newest; one that is taller than the window is read from its top. */
  function toEnd(behavior = "instant") {
    if (to < logOf(state.current).messages.length) drawEnd();
    const last = pendingBox.lastElementChild ?? list.lastElementChild;
    const tall = last && last.offsetHeight > box.clientHeight;
    box.scrollTo({ top: tall ? last.offsetTop - 8 : box.scrollHeight, behavior: calm() ? "instant" : behavior });
    atEnd = !tall;
    jump.hidden = true;
  }

  /** Up and down from message to message; Tab then leads into the one that has the focus. */
  function walk(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const here = document.activeElement;
    if (!step || (here !== box && !here.matches(".message"))) return;
    const messages = [...list.querySelectorAll(".message")];
    const next = here === box ? messages.at(-1) : messages[messages.indexOf(here) + step];
    event.preventDefault();
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  /** Tells how far one has read, when one is looking. */
  function seen() {
    const last = logOf(state.current).messages.at(-1);
    if (document.hasFocus() || document.visibilityState === "visible") onRead(state.current, last?.id ?? 0, now());
  }

  function find(id) {
    return list.querySelector(`#m-${Number(id)}`);
  }
}
