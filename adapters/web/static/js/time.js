// The demo's time machine: the workplace's present time in the head of the page, and four ways forward.

import { el, icon } from "./dom.js";
import { toast } from "./dialogs.js";
import { post } from "./http.js";
import { dayKey, fullMoment } from "./names.js";
import { now } from "./state.js";
import { t } from "./words.js";

let label = null;

export function timeMachine() {
  label = el("span", { class: "time-now" });
  const summary = el("summary", { class: "time-summary", title: t("time-machine") }, icon("clock"), label);
  const moment = el("input", { type: "datetime-local", "aria-label": t("time-to") });
  const choices = el("div", { class: "time-choices" },
    way("time-hour", () => ({ by: 3600 })),
    way("time-tomorrow", () => ({ to: `${dayAfter(1)}T09:00` })),
    way("time-monday", () => ({ to: `${dayAfter(toMonday())}T09:00` })));
  const chosen = el("form", { class: "time-chosen", onsubmit: (event) => { event.preventDefault(); if (moment.value) go({ to: moment.value }); } },
    moment, el("button", { class: "button normal" }, t("time-go")));
  const said = el("span", { class: "read-aloud", role: "status" });
  const panel = el("div", { class: "popover", role: "group", "aria-label": t("time-machine") },
    el("h2", {}, t("time-machine")), el("p", { class: "hint" }, t("time-hint")), choices, chosen);
  const node = el("details", { class: "time-machine", ontoggle: () => { if (node.open) moment.value = `${dayAfter(0)}T09:00`; } }, summary, panel);
  node.addEventListener("keydown", (event) => { if (event.key === "Escape") { close(); summary.focus(); } });
  document.addEventListener("click", (event) => { if (!node.contains(event.target)) close(); });
  showTime();
  setInterval(showTime, 5_000);
  return el("div", { class: "time" }, node, said);

  function way(name, where) {
    return el("button", { type: "button", class: "button normal", onclick: () => go(where()) }, t(name));
  }

  function close() {
    node.open = false;
  }

  async function go(where) {
    node.classList.add("moving");
    for (const button of panel.querySelectorAll("button")) button.disabled = true;
    label.textContent = t("time-moving");
    try {
      const { now: reached } = await post("/api/time", where);
      close();
      summary.focus();
      said.textContent = t("time-moved", { time: fullMoment(new Date(reached)) });
    } catch (fault) {
      toast(t("time-failed", { why: fault.message }), "bad");
    }
    for (const button of panel.querySelectorAll("button")) button.disabled = false;
    node.classList.remove("moving");
    showTime();
  }
}

export function showTime() {
  if (!label || label.closest(".moving")) return;
  label.textContent = fullMoment(now());
  label.setAttribute("aria-label", t("time-now", { time: fullMoment(now()) }));
}

/** The calendar day so many days on, in the person's zone, as 2026-11-21. */
function dayAfter(days) {
  return new Date(Date.parse(dayKey(now())) + days * 86_400_000).toISOString().slice(0, 10);
}

function toMonday() {
  const weekday = new Date(Date.parse(dayKey(now()))).getUTCDay();
  return (8 - weekday) % 7 || 7;
}
