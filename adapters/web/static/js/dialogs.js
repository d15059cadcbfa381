// Things that stand in front of everything: dialogs (Esc closes them, focus returns) and toasts.

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

/** A short word, seen once and read aloud; it stays longer the longer it is. */
export function toast(text, tone = "neutral") {
  const box = document.getElementById("toasts");
  const node = el("div", { class: `toast tone-${tone}` }, el("span", { dir: "auto" }, text), iconButton("close", t("close"), () => node.remove()));
  box.append(node);
  setTimeout(() => node.remove(), 4_000 + Math.min(text.length * 80, 8_000));
}

export function toastBox() {
  return el("div", { id: "toasts", role: "status", "aria-live": "polite" });
}
