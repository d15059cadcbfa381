// The few questions that are not the socket's: history, new rooms and people, files, the clock.

import { state } from "./state.js";

export async function get(path, query = {}) {
  const asked = new URLSearchParams({ ...(state.me && { as: state.me.id }), ...query });
  return answer(await fetch(`${path}?${asked}`));
}

export async function post(path, body, query = {}) {
  const asked = new URLSearchParams({ ...(state.me && { as: state.me.id }), ...query });
  const raw = body instanceof Blob;
  const headers = { "Content-Type": raw ? body.type || "application/octet-stream" : "application/json" };
  return answer(await fetch(`${path}?${asked}`, { method: "POST", headers, body: raw ? body : JSON.stringify(body) }));
}

async function answer(response) {
  if (response.status === 401) location.assign("/login");
  const said = await response.json();
  if (!response.ok) throw new Error(said.problem ?? String(response.status));
  return said;
}
