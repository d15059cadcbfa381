// Dialogs, in front of everything (Esc closes them, focus returns), and toasts, which take their own room above the composer.

import { el, freshId, iconButton } from "./dom.js";
import { t } from "./words.js";

/** A modal dialog around `content`; removed when it closes. The focus goes back to where it was, else to what the card has become. */
export function openDialog(title, content, { narrow = false, bare = false, kind = "" } = {}) {
  const id = freshId("dialog");
  const before = document.activeElement;
  const message = before.closest(".message")?.id;
  const node = el("dialog", { class: `dialog ${kind}${narrow ? " narrow" : ""}`, ...(bare ? { "aria-label": title } : { "aria-labelledby": id }) },
    !bare && el("h2", { id, class: "dialog-title" }, title),
    iconButton("close", t("close"), () => node.close(), { class: "icon-button dialog-close" }),
    el("div", { class: "dialog-body" }, content));
  node.addEventListener("close", () => {
    node.remove();
    const drawnAnew = message && document.getElementById(message);
    drawnAnew?.focus({ preventScroll: true }); // its tools are there only while it has the focus
    const back = before.isConnected ? before : drawnAnew?.querySelector(".card .button");
    back?.focus({ preventScroll: true });
  });
  node.addEventListener("input", () => { node.written = true; });
  node.addEventListener("mousedown", (event) => event.target === node && !(node.written && node.querySelector("form")) && node.close());
  document.body.append(node);
  node.showModal();
  return node;
}

const MOST_TOASTS = 2;

/** A short word, seen once and read aloud; it stays longer the longer it is or while one is at it, and makes room for what comes
 * after. `offer` {label, act} is what can be done about it. */
export function toast(text, tone = "neutral", offer = null) {
  const box = document.getElementById("toasts");
  while (box.children.length >= MOST_TOASTS) box.firstElementChild.remove();
  const node = el("div", { class: `toast tone-${tone}` }, el("span", { dir: "auto" }, text),
    offer && el("button", { type: "button", class: "text-button", onclick: () => { node.remove(); offer.act(); } }, offer.label),
    iconButton("close", t("close"), () => node.remove()));
  box.append(node);
  const stays = 4_000 + Math.min(text.length * 80, 8_000) + (offer ? 6_000 : 0);
  const leave = () => (node.matches(":hover, :focus-within") ? setTimeout(leave, 1_000) : node.remove());
  setTimeout(leave, stays);
}

export function toastBox() {
  return el("div", { id: "toasts", role: "status", "aria-live": "polite" });
}
