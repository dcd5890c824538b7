// Keeps every screen of one city's kiosk, with all that the screens load, and answers from there whether or not there is a
// network. What is kept has a version; a new version is fetched whole before the old one is dropped.
const asked = new URL(self.location.href).searchParams;
const START = asked.get("start");
const PREFIX = `kiosk ${START} `;
const KEPT = PREFIX + asked.get("v");
const TOGETHER = 6;
// From attributes of a page: an address of ours or a picture's.
const IN_PAGE = /\s(?:href|src|srcset|data-outlines)="([^"]+)"/g;
const IN_STYLE = /url\(["']?([^"')]+)["']?\)/g;
const IN_SCRIPT = /(?:import\s*(?:[^"';]*from\s*)?|import\()["']([^"']+)["']/g;
const A_FILE = /\.(?:css|js|json|svg|woff2|webp|png|jpe?g|avif)(?:\?[^#]*)?$/;

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting(), forget)));
self.addEventListener("activate", (event) => event.waitUntil(drop().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});

async function answer(request) {
  const cache = await caches.open(KEPT);
  const found = await cache.match(request, { ignoreVary: true, ignoreSearch: request.mode === "navigate" });
  if (found) return found;
  try {
    return await fetch(request);
  } catch {
    const start = request.mode === "navigate" ? await cache.match(START, { ignoreVary: true }) : null;
    return start ?? Response.error();
  }
}

async function drop() {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== KEPT);
  await Promise.all(old.map((name) => caches.delete(name)));
}

// A version that did not come whole leaves nothing behind: else each try would fill the device a little more.
async function forget(error) {
  await caches.delete(KEPT);
  throw error;
}

async function keep() {
  const list = await (await get(asked.get("list"))).json();
  const cache = await caches.open(KEPT);
  const files = new Set();
  for (const page of list.pages) await store(cache, new URL(page, self.location.origin).href, files);
  // Styles and scripts name further files, so the set grows while it is read.
  const done = new Set();
  for (let next = pending(files, done); next.length; next = pending(files, done)) {
    next.forEach((address) => done.add(address));
    await Promise.all(next.map((address) => store(cache, address, files)));
  }
}

const pending = (files, done) => [...files].filter((address) => !done.has(address)).slice(0, TOGETHER);

// A page, style or script that does not come stops the version; a picture that does not come leaves a gap in it.
async function store(cache, address, files) {
  const picture = /\.(?:webp|png|jpe?g|avif|svg)(?:\?|$)/.test(address);
  try {
    const response = await get(address);
    for (const each of namedIn(await response.clone().text(), response.headers.get("Content-Type") ?? "", address)) files.add(each);
    await cache.put(address, response);
  } catch (error) {
    if (!picture) throw error;
  }
}

// Without cookies: what is kept is what anybody would see. A bucket's picture is kept unseen, as an <img> may show it.
async function get(address) {
  if (new URL(address, self.location.origin).origin !== self.location.origin) {
    return fetch(address, { credentials: "omit", mode: "no-cors" });
  }
  const response = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (!response.ok || response.redirected) throw new Error(`${address}: ${response.status}`);
  return response;
}

function namedIn(text, type, base) {
  const pattern = type.includes("html") ? IN_PAGE : type.includes("css") ? IN_STYLE : type.includes("javascript") ? IN_SCRIPT : null;
  const named = pattern ? [...text.matchAll(pattern)].flatMap(([, value]) => value.replaceAll("&amp;", "&").split(/,\s+/)) : [];
  return named
    .map((each) => each.trim().split(/\s+/)[0])
    .filter((each) => each && !each.startsWith("data:"))
    .map((each) => new URL(each, base))
    .filter((url) => A_FILE.test(url.pathname))
    .map((url) => url.href.replace(/#.*$/, ""));
}
