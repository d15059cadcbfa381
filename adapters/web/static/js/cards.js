// A card and its closed set of blocks, drawn. Presses and forms go to `acts`, so this file knows no socket.

import { add, anchor, el, icon } from "./dom.js";
import { clockTime, fullMoment, size } from "./names.js";
import { openDialog } from "./dialogs.js";
import { formElement } from "./forms.js";
import { drawTable } from "./table.js";
import { t } from "./words.js";

/** `acts.press(button)`, `acts.submit(form, values)` return the id of what is now under way. */
export function drawCard(card, acts) {
  const title = el("h2", { class: "card-title" }, el("bdi", {}, card.title));
  return el("div", { class: `card tone-${card.tone}` }, title, card.blocks.map((block) => drawBlock(block, acts)));
}

const DRAWN = {
  text: (block) => el("p", { class: "block-text" }, block.spans.map(drawSpan)),
  facts: (block) => el("dl", { class: "facts" }, block.pairs.map(([label, value]) => el("div", {}, el("dt", {}, label), el("dd", { dir: "auto" }, value)))),
  items: drawItems,
  table: (block) => drawTable(block),
  chart: drawChart,
  quote: drawQuote,
  divider: () => el("hr", { class: "divider" }),
  buttons: (block, acts) => el("div", { class: "buttons" }, block.buttons.map((button) => drawButton(button, acts))),
  form: (block, acts) => formElement(block, (values) => acts.submit(block, values)),
  picture: drawPicture,
  file: drawLink,
};

function drawBlock(block, acts) {
  return DRAWN[block.kind](block, acts);
}

const SPANS = {
  plain: (span) => el("bdi", {}, span.text),
  strong: (span) => el("strong", {}, el("bdi", {}, span.text)),
  faint: (span) => el("span", { class: "faint" }, el("bdi", {}, span.text)),
  code: (span) => el("code", { dir: "auto" }, span.text),
  link: (span) => anchor(span.text, span.url),
  moment: (span) => el("time", { datetime: span.at, title: span.text }, span.shows === "time" ? clockTime(span.at) : fullMoment(new Date(span.at))),
  mention: (span) => el("span", { class: "mention" }, el("bdi", {}, span.text)),
};

function drawSpan(span) {
  return SPANS[span.kind](span);
}

function drawItems(block, acts) {
  const heading = block.title && el("h3", { class: "items-title" }, block.title);
  return el("div", { class: "items" }, heading, el("ul", {}, block.items.map((item) => drawItem(item, acts))));
}

function drawItem(item, acts) {
  const words = el("div", { class: "item-words" },
    el("span", { class: "item-text", dir: "auto" }, item.text),
    item.detail && el("span", { class: "item-detail faint", dir: "auto" }, item.detail));
  const presses = item.buttons.length > 0 && el("div", { class: "buttons small" }, item.buttons.map((button) => drawButton(button, acts)));
  return el("li", { class: "item" }, el("span", { class: "lead" }, item.lead), words, presses);
}

/** Bars under each other, so that words of any length and narrow screens have room; a list to whoever hears it. */
function drawChart(block) {
  const most = block.unit === "%" ? 100 : Math.max(1, ...block.bars.map((bar) => bar.figure));
  const bars = block.bars.map((bar) => {
    const drawn = el("span", { class: "bar", "aria-hidden": "true" });
    drawn.style.setProperty("--part", String(bar.figure / most));
    return el("li", {}, el("span", {}, bar.label), drawn, el("span", { class: "figure" }, `${bar.figure}${block.unit}`));
  });
  return el("figure", { class: "chart" }, el("figcaption", {}, block.title), el("ol", {}, bars));
}

function drawQuote(block) {
  const by = block.by && el("footer", { class: "faint" }, "— ", block.url ? anchor(block.by, block.url) : el("bdi", {}, block.by));
  return el("blockquote", { class: "quote" }, el("p", { dir: "auto" }, block.text), by);
}

/** A picture, and on a press the whole of it, as large as the window; what turns out to be none is a file like others. */
function drawPicture(picture) {
  const image = (props) => el("img", { src: picture.url, alt: picture.alt, ...props });
  const whole = () => openDialog(picture.alt, [image(), drawLink(picture)], { kind: "whole-picture" });
  const node = el("button", { type: "button", class: "picture", onclick: whole }, image({ loading: "lazy", onerror: () => node.replaceWith(drawLink(picture)) }));
  return node;
}

/** A file that somebody sent along: a picture is seen, everything else is fetched. */
export function drawFile(file) {
  return file.picture ? drawPicture({ ...file, alt: file.name }) : drawLink(file);
}

function drawLink(file) {
  return el("a", { class: "file", href: file.url, download: file.name, "aria-label": t("download", { name: file.name }) },
    icon("file"),
    el("span", { class: "file-name", dir: "auto" }, file.name),
    file.size !== undefined && el("span", { class: "faint" }, size(file.size)));
}

function drawButton(button, acts) {
  const act = () => node.hasAttribute("aria-busy") || (button.confirm ? ask(node, button, acts) : press(node, button, acts));
  const node = el("button", { type: "button", class: `button ${button.style}`, onclick: act }, el("bdi", {}, button.label));
  return node;
}

/** Every press of the card waits with this one: two answers to one card would contradict each other. The pressed one is not
 * disabled: it would lose the focus, and whoever has no mouse their place. */
function press(node, button, acts) {
  const buttons = node.closest(".card")?.querySelectorAll(".button") ?? [];
  for (const other of buttons) other.disabled = other !== node;
  node.classList.add("busy");
  node.setAttribute("aria-busy", "true");
  const row = node.closest(".card");
  if (row) row.dataset.act = acts.press(button);
}

/** The press is over; where the card was not redrawn meanwhile its buttons live again. */
export function settle(root, act) {
  for (const card of root.querySelectorAll(`.card[data-act="${CSS.escape(act)}"]`)) {
    delete card.dataset.act;
    for (const button of card.querySelectorAll(".button")) {
      button.disabled = false;
      button.classList.remove("busy");
      button.removeAttribute("aria-busy");
    }
  }
}

/** The question before a press that cannot be taken back lightly, in the place of the buttons. */
function ask(node, button, acts) {
  const row = node.closest(".buttons");
  const back = () => {
    question.replaceWith(row);
    node.focus();
  };
  const yes = el("button", { type: "button", class: `button ${button.style}` }, el("bdi", {}, button.label));
  const no = el("button", { type: "button", class: "button normal", onclick: back }, t("cancel"));
  const question = el("div", { class: "confirm", role: "alertdialog", "aria-label": button.confirm, onkeydown: (event) => event.key === "Escape" && back() },
    el("p", { dir: "auto" }, button.confirm), el("div", { class: "buttons" }, yes, no));
  yes.addEventListener("click", () => {
    back();
    press(node, button, acts);
  });
  row.replaceWith(question);
  no.focus();
}

/** Addresses, and names after an @, longer ones first. */
export function wordPattern(names) {
  const known = [...names].sort((one, other) => other.length - one.length).map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return new RegExp(`(https?://[^\\s<>"'，。；！？、（）《》「」]+|[@＠](?:${known.join("|")}))`, "iu");
}

/** What a person wrote: as written; addresses become links and known names stand out (a `wordPattern`), nothing else. */
export function drawWords(text, pattern) {
  const node = el("div", { class: "words", dir: "auto" });
  return add(node, text.split(pattern).map((part, at) => (at % 2 ? drawPart(part) : part)));
}

function drawPart(part) {
  if (/^[@＠]/.test(part)) return el("span", { class: "mention" }, part);
  const address = withoutStop(part);
  return [anchor(address, address), part.slice(address.length)];
}

/** The stop of a sentence and the bracket around an address are not the address's. */
function withoutStop(found) {
  let address = found;
  while (/[.,;:!?…*~]$/.test(address) || (address.endsWith(")") && address.split("(").length < address.split(")").length)) address = address.slice(0, -1);
  return address;
}
