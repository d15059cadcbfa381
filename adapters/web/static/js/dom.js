// Elements without markup: every word goes in as a text node, so nothing anybody wrote can become an element.

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  send: "M4 12l16-8-6 16-3-7z",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  reply: "M9 7l-5 5 5 5M4 12h10a6 6 0 0 1 6 6v1",
  action: "M5 12.5l4.5 4.5L19 7.5",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.700l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.700l1-1",
  auto: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
  light: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.600l1.4 1.400M17 17l1.4 1.400M5.6 18.400L7 17M17 7l1.4-1.4",
  dark: "M20 14a8 8 0 1 1-10-10 6.5 6.5 0 0 0 10 10z",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4.500l3 2",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  clip: "M19 11l-7.5 7.500a4.5 4.5 0 0 1-6.4-6.400L13 4.300a3 3 0 0 1 4.3 4.300l-7.7 7.700a1.5 1.5 0 0 1-2.2-2.200L14.5 7",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  search: "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15.5 15.500L20 20",
  day: "M5 6h14v14H5zM5 10h14M9 4v4M15 4v4",
  eye: "M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6M12 9.500a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5",
};

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  add(node, children);
  return node;
}

export function add(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return node;
}

/** Makes `wanted` the children of `parent`. What stands there already is not touched: it keeps its focus, its scroll and what was typed. */
export function arrange(parent, wanted) {
  const stay = new Set(wanted);
  for (const old of [...parent.children]) if (!stay.has(old)) old.remove();
  wanted.forEach((node, at) => parent.children[at] !== node && parent.insertBefore(node, parent.children[at] ?? null));
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, props = {}) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...props }, icon(name));
}

/** A safe address, or null: only http and https are ever followed. */
export function webUrl(text) {
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url : null;
  } catch {
    return null;
  }
}

export function anchor(text, address) {
  const url = webUrl(address);
  if (!url) return el("bdi", {}, text);
  const inside = url.origin === location.origin && url.pathname === "/" && url.hash;
  if (inside) return el("a", { href: url.hash }, text);
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** Somebody's initials on a colour made of their name. */
export function avatar(name, extra = "") {
  const letters = /[\u3400-\u9fff]/.test(name) ? [...name].slice(-2).join("") : initials(name);
  const node = el("span", { class: `avatar ${extra}`, "aria-hidden": "true" }, letters);
  node.style.setProperty("--hue", String(hue(name)));
  return node;
}

export function logo() {
  return el("img", { class: "avatar bot-avatar", src: "/static/icon.svg", alt: "", "aria-hidden": "true" });
}

/** Half a sign, left over where a limit cut an emoji in two, would not pass the wire. */
export const wellFormed = (text) => text.toWellFormed?.() ?? text;

let unique = 0;
export function freshId(prefix) {
  unique += 1;
  return `${prefix}-${unique}`;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "class") node.className = value;
  else if (name === "value") node.value = value;
  else node.setAttribute(name, value === true ? "" : value);
}

function initials(name) {
  return name.split(/\s+/).filter(Boolean).slice(0, 2).map((part) => [...part][0].toUpperCase()).join("");
}

function hue(name) {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 360;
  return sum;
}
