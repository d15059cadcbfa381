// Questions and their answers: a form in a card or in a dialog, with the problem of a refused try at its field.

import { el, freshId, icon, wellFormed } from "./dom.js";
import { byDepartment } from "./names.js";
import { intlLocale, t } from "./words.js";

/** The form; `submit(values)` gives the id of what is then under way. `typed` are values of an earlier try. */
export function formElement(form, submit, { typed = {}, cancel = null, heading = "h3" } = {}) {
  const questions = form.fields.map((field) => question({ ...field, value: field.value || typed[field.name] || "" }));
  const node = el("form", { class: "form", novalidate: true, "aria-label": form.title, onsubmit: send, onkeydown: keys },
    el(heading, { class: "form-title", dir: "auto" }, form.title),
    form.note && el("p", { class: "form-note", dir: "auto" }, form.note),
    questions.map((one) => one.node),
    el("div", { class: "buttons form-end" },
      el("button", { type: "submit", class: "button primary" }, form.submit),
      cancel && el("button", { type: "button", class: "button normal", onclick: cancel }, t("cancel"))));
  node.values = () => Object.fromEntries(questions.map((one) => [one.field.name, wellFormed(one.value())]));
  return node;

  function keys(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) node.requestSubmit();
  }

  function send(event) {
    event.preventDefault();
    if (node.querySelector("[type=submit]").disabled) return undefined;
    const missing = questions.filter((one) => one.missing());
    if (missing.length > 0) return missing[0].focus();
    busy(node, true);
    node.dataset.act = submit(node.values());
    return undefined;
  }
}

/** While an answer is under way nothing can be changed; afterwards everything can. */
export function busy(node, on) {
  for (const control of node.elements) control.disabled = on;
  node.querySelector("[type=submit]").classList.toggle("busy", on);
}

/** To the first field with a problem, else the first field. */
export function focusForm(node) {
  const wrong = node.querySelector("[aria-invalid=true]");
  (wrong ?? node.querySelector("input:not([type=hidden]), select, textarea"))?.focus();
}

const CONTROLS = { text: line, number: line, paragraph, day, person, people: several, choice };

function question(field) {
  const id = freshId("field");
  const problem = el("p", { class: "problem", id: `${id}-problem`, hidden: !field.problem, dir: "auto" }, field.problem);
  const hint = field.hint && el("p", { class: "hint", id: `${id}-hint`, dir: "auto" }, field.hint);
  const about = { id, "aria-describedby": `${id}-problem${hint ? ` ${id}-hint` : ""}`, "aria-required": field.required ? "true" : null, "aria-invalid": field.problem ? "true" : null };
  const control = CONTROLS[field.input](field, about);
  control.node.addEventListener("input", looked);
  const mark = el("span", { class: "mark faint" }, t(field.required ? "required-mark" : "optional"));
  const group = control.group;
  const label = el(group ? "span" : "label", group ? { class: "label", id: `${id}-label` } : { for: id }, field.label, " ", mark);
  if (group) control.node.setAttribute("aria-labelledby", `${id}-label`);
  const node = el("div", { class: "field", "data-field": field.name }, label, control.node, hint, problem);
  return { node, field, value: control.value, focus: control.focus, missing };

  function missing() {
    const lacks = field.required && control.value().trim() === "";
    tell(lacks ? t("required") : field.problem);
    return lacks;
  }

  /** While one writes the problem is being mended; what is cut off at the limit is said, not done in silence. */
  function looked() {
    const full = field.limit && ["text", "paragraph", "day"].includes(field.input) && control.value().length >= field.limit;
    tell(full ? t("full", { n: field.limit }) : "", full);
  }

  function tell(words, mild = false) {
    problem.hidden = !words;
    problem.textContent = words;
    control.node.setAttribute("aria-invalid", String(Boolean(words) && !mild));
  }
}

function line(field, about) {
  const numeric = field.input === "number" && { inputmode: "decimal" };
  const node = el("input", { type: "text", maxlength: field.limit, value: field.value, autocomplete: "off", dir: "auto", ...about, ...numeric });
  return simple(node);
}

function paragraph(field, about) {
  return simple(el("textarea", { rows: 2, maxlength: field.limit, value: field.value, dir: "auto", ...about }));
}

/** Words or a date: the picker writes its day into the words' place. */
function day(field, about) {
  const words = el("input", { type: "text", maxlength: field.limit, value: field.value, autocomplete: "off", placeholder: t("day-hint"), ...about });
  const picker = el("input", { type: "date", class: "day-picker", tabindex: "-1", "aria-hidden": "true", oninput: () => { words.value = picker.value; } });
  const open = el("button", { type: "button", class: "icon-button", "aria-label": t("pick-day"), title: t("pick-day"), onclick: () => picker.showPicker() }, icon("day"));
  return { node: el("div", { class: "day" }, words, picker, open), value: () => words.value, focus: () => words.focus() };
}

function person(field, about) {
  const groups = byDepartment().map(([department, members]) => el("optgroup", { label: department },
    members.map((one) => el("option", { value: one.id, selected: one.id === field.value || one.name === field.value }, one.name))));
  return simple(el("select", about, el("option", { value: "" }, t("choose")), groups));
}

function several(field, about) {
  const chosen = new Set(field.value.split(/[,，、]/).map((part) => part.trim()));
  const boxes = byDepartment().flatMap(([, members]) => members.map((one) => tick("checkbox", about.id, one.id, one.name, chosen.has(one.id) || chosen.has(one.name))));
  const list = el("div", { class: "ticks scroll" }, boxes);
  const filter = el("input", { type: "search", placeholder: t("filter-people"), "aria-label": t("filter-people"), oninput: () => narrow(list, filter.value) });
  const said = el("p", { class: "hint", role: "status" });
  const tell = () => { said.textContent = named(list); };
  list.addEventListener("change", tell);
  tell();
  return grouped(el("div", { class: "several", role: "group", "aria-describedby": about["aria-describedby"] }, filter, list, said), () => filter.focus());
}

function choice(field, about) {
  if (field.choices.length > 5) {
    const options = field.choices.map((one) => el("option", { value: one.value, selected: one.value === field.value }, one.label));
    return simple(el("select", about, el("option", { value: "" }, t("choose")), options));
  }
  const boxes = field.choices.map((one) => tick("radio", about.id, one.value, one.label, one.value === field.value));
  const node = el("div", { class: "ticks", role: "radiogroup", "aria-describedby": about["aria-describedby"] }, boxes);
  return grouped(node, () => node.querySelector("input")?.focus());
}

function tick(type, name, value, label, checked) {
  return el("label", { class: "tick" }, el("input", { type, name, value, checked }), el("bdi", {}, label));
}

/** Whom one has chosen, also those whom the filter or the scroll hides. */
function named(list) {
  const names = [...list.querySelectorAll(":checked")].map((box) => box.closest("label").textContent);
  return names.length > 0 ? t("chosen", { names: new Intl.ListFormat(intlLocale(), { type: "unit" }).format(names) }) : "";
}

function narrow(list, words) {
  for (const label of list.children) label.hidden = !label.textContent.toLowerCase().includes(words.trim().toLowerCase());
}

function simple(node) {
  return { node, value: () => node.value, focus: () => node.focus() };
}

function grouped(node, focus) {
  return { node, group: true, focus, value: () => [...node.querySelectorAll(":checked")].map((box) => box.value).join(",") };
}
