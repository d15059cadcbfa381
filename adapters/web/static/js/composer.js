// Where one writes: grows with the words, completes commands and names, keeps a draft per conversation.

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

/** `send({text, mentions, quoted, attachments})` says it. */
export function createComposer(send) {
  const drafts = new Map();
  const sent = [];
  let recalled = -1;
  let reply = null;
  let files = [];
  let picked = [];

  const area = el("textarea", { id: "composer", class: "composer-text", rows: 1, maxlength: TEXT_LIMIT, dir: "auto", enterkeyhint: "send", "aria-describedby": "composer-hint" });
  const completion = createCompletion(area, (person) => picked.push(person.id));
  const above = el("div", { class: "composer-above" });
  const chooser = el("input", { type: "file", hidden: true, multiple: true, onchange: () => attach([...chooser.files]) });
  const node = el("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); submit(); } },
    completion.node, above,
    el("div", { class: "composer-box" },
      iconButton("clip", t("attach"), () => chooser.click()), chooser, area,
      el("button", { type: "submit", class: "icon-button send", "aria-label": t("send"), title: t("send") }, icon("send"))),
    el("p", { id: "composer-hint", class: "composer-hint faint" }, t("hint")));
  area.addEventListener("input", () => { grow(); completion.update(); });
  area.addEventListener("keydown", keys);
  area.addEventListener("paste", (event) => event.clipboardData.files.length > 0 && attach([...event.clipboardData.files]));

  return { node, open, replyTo, focus: () => area.focus() };

  /** Turns to another conversation; what was being written in the last one waits there. */
  function open(id, last) {
    if (last) drafts.set(last, { text: area.value, reply, files, picked });
    ({ text: area.value, reply, files, picked } = drafts.get(id) ?? { text: "", reply: null, files: [], picked: [] });
    const one = conversation(id);
    const label = one.with === state.bot ? t("compose-bot") : t("compose", { name: one.with ? conversationName(one) : `#${one.name}` });
    area.placeholder = label;
    area.setAttribute("aria-label", label);
    completion.close();
    grow();
    drawAbove();
  }

  function replyTo(message) {
    reply = message;
    drawAbove();
    area.focus();
  }

  function submit() {
    const text = wellFormed(area.value.trim());
    if (!text && files.length === 0) return;
    send({ text, mentions: picked, quoted: reply?.id ?? 0, attachments: files.map((file) => file.id) });
    if (text) sent.unshift(text);
    sent.length = Math.min(sent.length, RECALLED);
    recalled = -1;
    write("");
    [reply, files, picked] = [null, [], []];
    drawAbove();
    completion.close();
  }

  function keys(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (completion.key(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "ArrowUp" && (area.value === "" || recalled >= 0)) recall(event, 1);
    else if (event.key === "ArrowDown" && recalled >= 0) recall(event, -1);
    else if (event.key === "Escape" && reply) replyTo(null);
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
  }

  function grow() {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 220)}px`;
    node.classList.toggle("filled", area.value.trim() !== "");
  }

  async function attach(chosen) {
    chooser.value = "";
    for (const file of chosen) {
      if (file.size > FILE_LIMIT) toast(t("too-large"), "warn");
      else await upload(file);
    }
    area.focus();
  }

  async function upload(file) {
    try {
      files = [...files, await post("/api/files", file, { name: file.name })];
      drawAbove();
    } catch {
      toast(t("upload-failed"), "bad");
    }
  }

  function drawAbove() {
    const answer = reply && el("div", { class: "replying" }, icon("reply"),
      el("span", { class: "replying-words" }, el("strong", {}, t("replying", { name: personName(reply.author) })), " ", el("span", { class: "faint", dir: "auto" }, (reply.text ?? reply.card.title).slice(0, 120))),
      iconButton("close", t("no-reply"), () => replyTo(null)));
    const chips = files.map((file) => el("button", { type: "button", class: "chip", "aria-label": t("attached", { name: file.name }), onclick: () => { files = files.filter((one) => one !== file); drawAbove(); } },
      icon("file"), file.name, icon("close")));
    above.replaceChildren(...[answer, ...chips].filter(Boolean));
  }
}
