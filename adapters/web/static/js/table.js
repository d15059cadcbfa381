// A table of a card: sorted by a press on a column's head, scrolled sideways within itself.

import { el } from "./dom.js";
import { inOrder } from "./names.js";
import { t } from "./words.js";

export function drawTable({ columns, rows }) {
  const body = el("tbody");
  const heads = columns.map((name, at) => el("th", { scope: "col", "aria-sort": "none" },
    el("button", { type: "button", title: t("sort", { name }), onclick: () => sort(at) }, name, el("span", { class: "sort-mark", "aria-hidden": "true" }))));
  fill(rows);
  return el("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": columns.join(" · ") },
    el("table", {}, el("thead", {}, el("tr", {}, heads)), body));

  function sort(at) {
    const turn = { none: "ascending", ascending: "descending", descending: "none" }[heads[at].getAttribute("aria-sort")];
    for (const head of heads) head.setAttribute("aria-sort", "none");
    heads[at].setAttribute("aria-sort", turn);
    const compare = inOrder();
    const sorted = [...rows].sort((one, other) => compare(one[at] ?? "", other[at] ?? ""));
    if (turn === "none") fill(rows);
    else fill(turn === "ascending" ? sorted : sorted.reverse());
  }

  function fill(ordered) {
    body.replaceChildren(...ordered.map((row) => el("tr", {}, row.map((cell) => el("td", { dir: "auto" }, cell)))));
  }
}
