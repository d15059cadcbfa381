// Dialogs, in front of everything (Esc closes them, focus returns), and toasts, which take their own room above the composer.

import { el, freshId, iconButton } from "./dom.js";
import { t } from "./words.js";

/** A modal dialog around `content`; removed when it closes. */
export function openDialog(title, content, { narrow = false, bare = false, kind = "" } = {}) {
  const id = freshId("dialog");
  const before = document.activeElement;
  const node = el("dialog", { class: `dialog ${kind}${narrow ? " narrow" : ""}`, ...(bare ? { "aria-label": title } : { "aria-labelledby": id }) },
    !bare && el("h2", { id, class: "dialog-title" }, title),
    iconButton("close", t("close"), () => node.close(), { class: "icon-button dialog-close" }),
    el("div", { class: "dialog-body" }, content));
  node.addEventListener("close", () => {
    node.remove();
    if (before?.isConnected) before.focus();
  });
  node.addEventListener("mousedown", (event) => event.target === node && node.close());
  document.body.append(node);
  node.showModal();
  return node;
}

const MOST_TOASTS = 2;

/** A short word, seen once and read aloud; it stays longer the longer it is, and makes room for what comes after. */
export function toast(text, tone = "neutral") {
  const box = document.getElementById("toasts");
  while (box.children.length >= MOST_TOASTS) box.firstElementChild.remove();
  const node = el("div", { class: `toast tone-${tone}` }, el("span", { dir: "auto" }, text), iconButton("close", t("close"), () => node.remove()));
  box.append(node);
  setTimeout(() => node.remove(), 4_000 + Math.min(text.length * 80, 8_000));
}

export function toastBox() {
  return el("div", { id: "toasts", role: "status", "aria-live": "polite" });
}
