// A draft is kept while it is typed, and its pictures are sent one by one. What a cut line held up is sent again by itself:
// text with the version that was read, pictures under a key made here, so that nothing is written twice or over another's words.
const PAUSE_MS = 800;
const FIRST_WAIT_MS = 1000, LONGEST_WAIT_MS = 15000;

const form = document.getElementById("studio");
const say = form.dataset;
const said = document.getElementById("studio-said");
const newer = document.getElementById("studio-newer");
const queueList = document.getElementById("studio-queue");
const version = form.elements.version;
form.elements.writer.value = key();

let unkept = false; // typed and not kept yet
let asked = null; // a button beside a picture that waits to be obeyed
let keeping = false, retrying = false, stopped = false, leaving = false, listing = null;
let wait = FIRST_WAIT_MS, timer = 0;
let sending = false, pictureTimer = 0;
const queue = []; // pictures to send, in order

function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function tell(text, state = "") {
  if (said.textContent !== text) said.textContent = text;
  said.dataset.state = state;
}

// Whoever signed in again in another window has another token: the page is asked for it.
async function freshToken() {
  const page = await fetch(form.action, { redirect: "manual" });
  if (!page.ok) return;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("#studio [name=csrfmiddlewaretoken]");
  if (fresh) form.elements.csrfmiddlewaretoken.value = fresh.value;
}

// ---- text

function typed(extra) {
  const data = new FormData(form);
  for (const name of ["photos", "camera"]) data.delete(name);
  for (const field of papers()) if (!field.files.length) data.delete(field.name);
  data.set("do", extra || "keep");
  return data;
}

function papers() {
  return [...form.querySelectorAll("input[type=file]:not([name=photos], [name=camera])")];
}

async function keep() {
  clearTimeout(timer);
  if (keeping || stopped) return;
  if (!unkept && !asked) return goOn();
  keeping = true;
  retrying = false;
  const doing = asked, sent = papers().map((field) => field.files[0]);
  unkept = false;
  asked = null;
  tell(say.sayKeeping);
  try {
    const answer = await fetch(form.action, { method: "POST", body: typed(doing), headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      retry(doing, say.sayOut);
      await freshToken();
    } else if (answer.status === 410) {
      leaving = true;
      location.assign((await answer.json()).listed);
    } else if (answer.status === 409) {
      stop(await answer.json(), doing);
    } else if (answer.status === 422) {
      unkept = true;
      tell((await answer.json()).sentence, "cut");
      listing = null;
      keeping = false;
      return;
    } else if (!answer.ok) {
      retry(doing, say.sayCut);
    } else {
      const told = await answer.json();
      if (told.go) {
        leaving = true;
        forget();
        return location.assign(told.go);
      }
      kept(told, sent);
    }
  } catch {
    retry(doing, say.sayCut);
  }
  keeping = false;
  if (stopped || retrying) return;
  if (asked) keep();
  else if (unkept) timer = setTimeout(keep, PAUSE_MS);
  else goOn();
}

function retry(doing, sentence) {
  unkept = retrying = true;
  asked = asked || doing;
  tell(sentence, "cut");
  remember();
  clearTimeout(timer);
  timer = setTimeout(keep, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT_MS);
}

function kept(answer, sent) {
  wait = FIRST_WAIT_MS;
  version.value = answer.version;
  forget();
  showParts(answer.parts);
  papers().forEach((field, at) => {
    if (sent[at] && field.files[0] === sent[at]) field.value = "";
    if (answer.papers[field.name]) noteBy(field).textContent = answer.papers[field.name];
  });
  const wrong = answer.wrong.map((one) => one.join(": ")).join(" ");
  tell(wrong || (unkept ? say.sayTyping : answer.saved), wrong ? "cut" : "");
}

function showParts(parts) {
  for (const [id, html] of Object.entries(parts)) {
    if (id === "studio-pictures") showPictures(html);
    else document.getElementById(id).innerHTML = html;
  }
}

function noteBy(field) {
  const box = field.closest(".field");
  if (!box.nextElementSibling?.matches(".by")) box.insertAdjacentHTML("afterend", '<p class="by"></p>');
  return box.nextElementSibling;
}

// What the line held up outlives the page: it is written here until the market has it.
const NOT_WORDS = ["csrfmiddlewaretoken", "writer", "version", "do"];

function remember() {
  const words = [...typed()].filter(([name, value]) => typeof value === "string" && !NOT_WORDS.includes(name));
  try { localStorage.setItem(form.action, JSON.stringify({ version: version.value, words })); } catch { /* full or forbidden */ }
}

function forget() {
  try { localStorage.removeItem(form.action); } catch { /* forbidden */ }
}

function recall() {
  let held = null;
  try { held = JSON.parse(localStorage.getItem(form.action)); } catch { /* forbidden */ }
  if (!held) return;
  for (const field of form.querySelectorAll("input:not([type=file], [type=hidden]), select, textarea")) {
    const values = held.words.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
  version.value = held.version;
  unkept = true;
  keep();
}

// Another window was faster. Whoever typed here decides; until then nothing is sent.
function stop(answer, doing) {
  stopped = unkept = true;
  asked = asked || doing;
  newer.querySelector("[data-sentence]").textContent = answer.sentence;
  newer.dataset.version = answer.version;
  newer.hidden = false;
  tell(say.sayTyping, "cut");
  newer.scrollIntoView({ block: "center" });
}

newer.querySelector("[data-mine]").addEventListener("click", () => {
  version.value = newer.dataset.version;
  newer.hidden = true;
  stopped = false;
  keep();
});

form.addEventListener("input", (event) => {
  if (["photos", "camera"].includes(event.target.name)) return;
  unkept = true;
  if (retrying) return remember();
  if (stopped || keeping) return;
  tell(say.sayTyping);
  clearTimeout(timer);
  timer = setTimeout(keep, PAUSE_MS);
});

// ---- pictures

function showPictures(html) {
  const box = document.getElementById("studio-pictures");
  const inside = box.contains(document.activeElement) ? document.activeElement : null;
  const words = new Map([...box.querySelectorAll("input")].map((field) => [field.name, field.value]));
  const focus = inside && (inside.id ? `#${CSS.escape(inside.id)}` : `[value="${inside.value}"]`);
  box.innerHTML = html;
  for (const field of box.querySelectorAll("input")) if (words.has(field.name)) field.value = words.get(field.name);
  if (focus) (box.querySelector(focus) || box.querySelector("button"))?.focus();
  arm(box);
}

function line(picture) {
  const row = document.createElement("li");
  const name = document.createElement("bdi");
  const state = document.createElement("span");
  const bar = document.createElement("progress");
  name.textContent = picture.file.name;
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", picture.file.name);
  row.append(name, state, bar);
  queueList.append(row);
  return { row, state, bar };
}

function choose(field) {
  for (const file of field.files) {
    const picture = { key: key(), file };
    Object.assign(picture, line(picture));
    picture.state.textContent = say.sayWaiting;
    queue.push(picture);
  }
  field.value = "";
  send();
}

function send() {
  const picture = queue.find((one) => !one.refused);
  if (sending || stopped || !picture) return goOn();
  sending = true;
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("picture", picture.key);
  data.set("photo", picture.file);
  const request = new XMLHttpRequest();
  request.open("POST", say.pictures);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => { picture.bar.value = event.loaded / event.total; });
  request.addEventListener("loadend", () => arrived(picture, request));
  picture.state.textContent = say.saySending;
  request.send(data);
}

function arrived(picture, request) {
  sending = false;
  let answer = null;
  try { answer = JSON.parse(request.responseText); } catch { /* no answer, or a page: signed out */ }
  if (request.status === 200 && answer) {
    queue.splice(queue.indexOf(picture), 1);
    picture.row.remove();
    wait = FIRST_WAIT_MS;
    showParts(answer.parts);
    if (!unkept) tell(answer.saved);
    return send();
  }
  picture.bar.value = 0;
  if (request.status === 422 && answer) {
    refuse(picture, answer.sentence);
    return send();
  }
  picture.state.textContent = say.sayAgain;
  const out = request.status === 403 || (request.status === 200 && !answer);
  tell(out ? say.sayOut : say.sayCut, "cut");
  clearTimeout(pictureTimer);
  pictureTimer = setTimeout(async () => {
    if (out) await freshToken().catch(() => {});
    send();
  }, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT_MS);
}

function refuse(picture, sentence) {
  picture.refused = true;
  picture.bar.remove();
  picture.state.remove();
  const why = document.createElement("p");
  why.className = "error";
  why.textContent = sentence;
  const away = document.createElement("button");
  away.type = "button";
  away.className = "link-button";
  away.textContent = say.sayRemove;
  away.addEventListener("click", () => {
    queue.splice(queue.indexOf(picture), 1);
    picture.row.remove();
  });
  picture.row.append(away, why);
}

for (const field of form.querySelectorAll("[name=photos], [name=camera]")) field.addEventListener("change", () => choose(field));

// A pointer may drag a picture to its place; the buttons do the same without one.
function arm(box) {
  for (const row of box.querySelectorAll("li[data-key]")) {
    row.draggable = matchMedia("(pointer: fine)").matches;
    row.addEventListener("dragstart", (event) => {
      if (event.target !== row) return;
      event.dataTransfer.setData("text/plain", row.dataset.key);
      event.dataTransfer.effectAllowed = "move";
      row.classList.add("dragged");
    });
    row.addEventListener("dragend", () => row.classList.remove("dragged"));
    row.addEventListener("dragover", (event) => event.preventDefault());
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      const moved = event.dataTransfer.getData("text/plain");
      const to = [...row.parentElement.children].indexOf(row);
      if (moved && moved !== row.dataset.key) obey(`to-${to}:${moved}`);
    });
  }
}
arm(document.getElementById("studio-pictures"));

// ---- buttons, and the line

function obey(what) {
  asked = what;
  keep();
}

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.value || leaving) return;
  if (button.value !== "list") {
    event.preventDefault();
    if (button.value.startsWith("crop:") && queue.some((one) => !one.refused)) return tell(say.sayFirst);
    unkept = true;
    obey(button.value === "keep" ? null : button.value);
    return;
  }
  const waiting = queue.some((one) => !one.refused);
  if (waiting || keeping || !navigator.onLine) {
    event.preventDefault();
    listing = button;
    tell(waiting ? say.sayFirst : say.sayCut, waiting ? "" : "cut");
    return;
  }
  leaving = true;
});

// Whoever pressed "list" while pictures were on their way need not press again.
function goOn() {
  if (!listing || keeping || sending || stopped || queue.some((one) => !one.refused)) return;
  const button = listing;
  listing = null;
  form.requestSubmit(button);
}

addEventListener("online", () => {
  wait = FIRST_WAIT_MS;
  clearTimeout(pictureTimer);
  if (unkept || asked) keep();
  send();
});

recall();

addEventListener("beforeunload", (event) => {
  if (!leaving && (unkept || queue.some((one) => !one.refused))) event.preventDefault();
});
