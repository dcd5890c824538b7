// The screen at a gate: back to the start after a quiet minute, pictures while nobody is there, kept for days without a network.
const body = document.body;
const QUIET_SECONDS = 60;
const WARNED_SECONDS = 45;
const SLIDE_SECONDS = 8;
const LOOK_AGAIN_SECONDS = 15 * 60;

const still = document.querySelector("dialog[data-still]");
let quiet;
let warned;

function touched() {
  clearTimeout(quiet);
  clearTimeout(warned);
  if (still?.open) still.close();
  if ("first" in body.dataset) return;
  warned = setTimeout(() => still?.showModal(), WARNED_SECONDS * 1000);
  quiet = setTimeout(() => location.assign(body.dataset.start), QUIET_SECONDS * 1000);
}

// While it asks, only an answer counts: else the press that answers would close it and land on what lies beneath.
for (const sign of ["pointerdown", "keydown", "scroll", "focusin", "touchstart"]) {
  addEventListener(sign, () => still?.open || touched(), { passive: true, capture: true });
}
still?.addEventListener("click", touched);
still?.addEventListener("cancel", touched);
touched();

// Nothing leads out of the kiosk: words of links to elsewhere stay, their addresses do not.
const scope = new URL(body.dataset.start, location.href).pathname;
for (const link of document.querySelectorAll("main a[href]")) {
  const to = new URL(link.href, location.href);
  if (to.origin === location.origin && to.pathname.startsWith(scope)) continue;
  const words = document.createElement("span");
  words.append(...link.childNodes);
  link.replaceWith(words);
}

const wide = document.querySelector("[data-whole-screen]");
if (wide && document.fullscreenEnabled) {
  wide.hidden = Boolean(document.fullscreenElement) || matchMedia("(display-mode: fullscreen)").matches;
  wide.addEventListener("click", () => document.documentElement.requestFullscreen().then(() => (wide.hidden = true)));
}

// Pictures: one at a time; they pass by themselves only for readers who have not asked for less motion, and can be stopped.
const slides = document.querySelector("[data-slides]");
if (slides) {
  const items = [...slides.querySelectorAll("li")];
  const pause = slides.querySelector("[data-pause]");
  let at = 0;
  let turning = null;
  const show = (next) => {
    at = next % items.length;
    items.forEach((item, number) => item.toggleAttribute("data-shown", number === at));
  };
  const turn = (on) => {
    clearInterval(turning);
    turning = on ? setInterval(() => show(at + 1), SLIDE_SECONDS * 1000) : null;
    if (pause) pause.textContent = on ? pause.dataset.pauseWords : pause.dataset.playWords;
  };
  slides.classList.add("live");
  show(0);
  if (pause && items.length > 1) {
    pause.hidden = false;
    pause.addEventListener("click", () => turn(!turning));
    turn(!matchMedia("(prefers-reduced-motion: reduce)").matches);
  }
}

// The whole kiosk is fetched once and kept; a new version is fetched when there is one and a network to bring it.
const kept = document.querySelector("[data-kept]");
async function keep() {
  try {
    const answer = await fetch(body.dataset.offline, { credentials: "omit", cache: "no-store" });
    const { version } = await answer.json();
    const query = new URLSearchParams({ v: version, start: scope, list: body.dataset.offline });
    await navigator.serviceWorker.register(`${body.dataset.worker}?${query}`, { scope });
  } catch {
    // no network now: what was kept before still answers
  }
}

if ("serviceWorker" in navigator && kept) {
  navigator.serviceWorker.ready.then(() => {
    kept.textContent = kept.dataset.words;
    kept.hidden = false;
  });
  keep();
  setInterval(keep, LOOK_AGAIN_SECONDS * 1000);
}
