// Where one writes: grows with the words, completes commands and names, keeps a draft per conversation, over a reload too.

import { createCompletion } from "./complete.js";
import { el, icon, iconButton, wellFormed } from "./dom.js";
import { toast } from "./dialogs.js";
import { post } from "./http.js";
import { conversationName, personName } from "./names.js";
import { conversation, state } from "./state.js";
import { t } from "./words.js";

const FILE_LIMIT = 1_000_000;
const TEXT_LIMIT = 40_000;
const RECALLED = 50;
const MOST_FILES = 10;
const MOST_MENTIONS = 100;
/** In this tab, each person their own. */
const draftsKey = () => `bihuan-drafts-${state.me.id}`;

/** `reply` is what is replied to: id, author and words; `coming` files are on their way, and `eager` is whoever waits for them. */
const blank = () => ({ text: "", reply: null, files: [], picked: [], coming: 0, eager: false });

/** `send({text, mentions, quoted, attachments})` says it. */
export function createComposer(send) {
  const drafts = keptDrafts();
  const sent = [];
  let recalled = -1;
  let draft = blank();

  const area = el("textarea", { id: "composer", class: "composer-text", rows: 1, maxlength: TEXT_LIMIT, dir: "auto", enterkeyhint: "send", "aria-describedby": "composer-hint" });
  const completion = createCompletion(area, (person) => { draft.picked = [...new Set([...draft.picked, person.id])].slice(-MOST_MENTIONS); });
  const above = el("div", { class: "composer-above" });
  const chooser = el("input", { type: "file", hidden: true, multiple: true, onchange: () => attach([...chooser.files]) });
  const node = el("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); submit(); } },
    completion.node, above,
    el("div", { class: "composer-box" },
      iconButton("clip", t("attach"), () => chooser.click()), chooser, area,
      el("button", { type: "submit", class: "icon-button send", "aria-label": t("send"), title: t("send") }, icon("send"))),
    el("p", { id: "composer-hint", class: "composer-hint faint" }, t("hint")));
  area.addEventListener("input", () => { grow(); completion.update(); keep(); });
  area.addEventListener("keydown", keys);
  area.addEventListener("paste", pasted);
  for (const [name, act] of [["dragover", over], ["dragleave", left], ["drop", dropped]]) document.addEventListener(name, act);

  return { node, open, replyTo, focus: () => area.focus() };

  /** Turns to another conversation; what was being written in the last one waits there. */
  function open(id) {
    draft.eager = false;
    if (!drafts.has(id)) drafts.set(id, blank());
    draft = drafts.get(id);
    area.value = draft.text;
    const one = conversation(id);
    const label = one.with === state.bot ? t("compose-bot") : t("compose", { name: one.with ? conversationName(one) : `#${one.name}` });
    area.placeholder = label;
    area.setAttribute("aria-label", label);
    completion.close();
    grow();
    drawAbove();
  }

  function replyTo(message) {
    draft.reply = message && { id: message.id, author: message.author, words: (message.text ?? message.card.title).slice(0, 120) };
    drawAbove();
    area.focus();
  }

  function keep() {
    draft.text = area.value;
    const written = [...drafts].filter(([, { text, reply, files }]) => text || reply || files.length > 0);
    sessionStorage.setItem(draftsKey(), JSON.stringify(written));
  }

  function submit() {
    const text = wellFormed(area.value.trim());
    draft.eager = draft.coming > 0;
    if (draft.eager || (!text && draft.files.length === 0)) return drawAbove();
    send({ text, mentions: draft.picked, quoted: draft.reply?.id ?? 0, attachments: draft.files.map((file) => file.id) });
    if (text) sent.unshift(text);
    sent.length = Math.min(sent.length, RECALLED);
    recalled = -1;
    Object.assign(draft, blank());
    write("");
    drawAbove();
    completion.close();
    return undefined;
  }

  function keys(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (completion.key(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "ArrowUp" && (area.value === "" || recalled >= 0)) recall(event, 1);
    else if (event.key === "ArrowDown" && recalled >= 0) recall(event, -1);
    else if (event.key === "Escape" && draft.reply) replyTo(null);
    else if (event.key.length === 1) recalled = -1;
  }

  function recall(event, step) {
    const at = recalled + step;
    if (at >= sent.length || at < -1) return;
    event.preventDefault();
    recalled = at;
    write(at < 0 ? "" : sent[at]);
    completion.close();
  }

  function write(text) {
    area.value = text;
    area.setSelectionRange(text.length, text.length);
    grow();
    keep();
  }

  function grow() {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 220)}px`;
    node.classList.toggle("filled", area.value.trim() !== "");
  }

  /** Files come as files, but words that bring a picture of themselves (a spreadsheet's cells) as words; of those that are more
   * than fit one learns that the rest stayed behind. */
  function pasted(event) {
    const { files } = event.clipboardData;
    const words = event.clipboardData.getData("text/plain");
    const room = TEXT_LIMIT - area.value.length + area.selectionEnd - area.selectionStart;
    if (words.length > room) toast(t("too-long", { n: TEXT_LIMIT }), "warn");
    else if (!words && files.length > 0) attach([...files]);
  }

  /** A file that is let go anywhere on the page comes here: the browser would leave the page and open it. */
  function over(event) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    node.classList.add("dropping");
  }

  function left(event) {
    if (!event.relatedTarget) node.classList.remove("dropping");
  }

  function dropped(event) {
    node.classList.remove("dropping");
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) attach([...event.dataTransfer.files]);
  }

  /** To the conversation that is open now, whichever is open when the files have arrived. */
  async function attach(chosen) {
    chooser.value = "";
    area.focus();
    const into = draft;
    const fit = chosen.filter((file) => file.size <= FILE_LIMIT).slice(0, MOST_FILES - into.files.length - into.coming);
    if (chosen.some((file) => file.size > FILE_LIMIT)) toast(t("too-large"), "warn");
    else if (fit.length < chosen.length) toast(t("too-many", { n: MOST_FILES }), "warn");
    into.coming += fit.length;
    drawAbove();
    for (const file of fit) await upload(file, into);
  }

  async function upload(file, into) {
    try {
      into.files = [...into.files, await post("/api/files", file, { name: file.name })];
    } catch {
      into.eager = false;
      toast(t("upload-failed"), "bad");
    }
    into.coming -= 1;
    keep();
    if (into !== draft) return;
    drawAbove();
    if (into.eager && into.coming === 0) submit();
  }

  function drawAbove() {
    const { reply, files, coming } = draft;
    const answer = reply && el("div", { class: "replying" }, icon("reply"),
      el("span", { class: "replying-words" }, el("strong", {}, t("replying", { name: personName(reply.author) })), " ", el("span", { class: "faint", dir: "auto" }, reply.words)),
      iconButton("close", t("no-reply"), () => replyTo(null)));
    const chips = files.map((file) => el("button", { type: "button", class: "chip", "aria-label": t("attached", { name: file.name }), onclick: () => { draft.files = draft.files.filter((one) => one !== file); drawAbove(); } },
      icon("file"), file.name, icon("close")));
    const more = coming > 0 && el("span", { class: "chip coming", role: "status" }, t("coming", { n: coming }));
    above.replaceChildren(...[answer, ...chips, more].filter(Boolean));
    keep();
  }
}

function keptDrafts() {
  const held = JSON.parse(sessionStorage.getItem(draftsKey()) ?? "[]");
  return new Map(held.map(([id, draft]) => [id, { ...draft, coming: 0, eager: false }]));
}
