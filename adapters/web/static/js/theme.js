// Light, dark, or as the system has it.

import { iconButton } from "./dom.js";
import { t } from "./words.js";

const ORDER = ["auto", "light", "dark"];

export function wear() {
  document.documentElement.dataset.theme = chosen();
}

export function themeButton() {
  const node = iconButton(chosen(), t(`theme-${chosen()}`), () => {
    localStorage.setItem("theme", ORDER[(ORDER.indexOf(chosen()) + 1) % ORDER.length]);
    wear();
    node.replaceWith(themeButton());
    document.querySelector(".theme-button").focus();
  }, { class: "icon-button theme-button" });
  return node;
}

function chosen() {
  const kept = localStorage.getItem("theme");
  return ORDER.includes(kept) ? kept : "auto";
}
