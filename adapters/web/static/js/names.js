// Names and moments as a person reads them: in their language and their zone.

import { now, state } from "./state.js";
import { intlLocale, language, t } from "./words.js";

export function personName(id) {
  if (id === state.bot) return t("bot");
  return state.people.get(id)?.name ?? t("somebody");
}

export function conversationName(one) {
  return one.with ? personName(one.with) : one.name;
}

export function clockTime(iso) {
  return format(new Date(iso), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** The calendar day in the person's zone, as 2026-11-21: for grouping and for counting. */
export function dayKey(date) {
  return formatter("en-CA", { year: "numeric", month: "2-digit", day: "2-digit" }).format(date);
}

export function dayName(iso) {
  const date = new Date(iso);
  const apart = (Date.parse(dayKey(now())) - Date.parse(dayKey(date))) / 86_400_000;
  const day = weekdayed(date, { month: "long", day: "numeric", ...(apart > 300 && { year: "numeric" }) });
  if (apart === 0) return `${t("today")} · ${day}`;
  return apart === 1 ? `${t("yesterday")} · ${day}` : day;
}

export function fullMoment(date) {
  return `${weekdayed(date, { month: "short", day: "numeric" })} ${clockTime(date)}`;
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Everybody who is still here, in reading order, under their department: [[department, [person…]]…]. */
export function byDepartment(people = [...state.people.values()]) {
  const groups = new Map();
  for (const person of people.filter((one) => one.active)) {
    const department = person.department || t("other-department");
    groups.set(department, [...(groups.get(department) ?? []), person]);
  }
  const compare = inOrder();
  for (const members of groups.values()) members.sort((one, other) => compare(one.name, other.name));
  return [...groups].sort(([one], [other]) => compare(one, other));
}

/** Which of two names comes first, as people look for them: 群组 9 before 群组 10. */
export function inOrder() {
  return new Intl.Collator(intlLocale(), { numeric: true }).compare;
}

/** 11月27日（周五） / Fri 27 Nov: as the bot writes days. */
function weekdayed(date, options) {
  if (language() === "en") return format(date, { weekday: "short", ...options });
  return `${format(date, options)}（${format(date, { weekday: "short" })}）`;
}

function zone() {
  return state.me?.timezone || undefined;
}

function format(date, options) {
  return formatter(intlLocale(), options).format(date);
}

const formatters = new Map();

/** Made once for each way to write a moment: making one takes longer than a hundred uses. */
function formatter(locale, options) {
  const key = JSON.stringify([locale, zone(), options]);
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone(), ...options }));
  return formatters.get(key);
}
