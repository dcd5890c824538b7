// A map drawn from the list beside it: every entry with a position becomes a mark. No outside tile server is needed; the
// outlines are ours, and rings around the city's middle say how far things are.
const language = document.documentElement.lang || "fa";
const kilometres = new Intl.NumberFormat(language, { style: "unit", unit: "kilometer", unitDisplay: "long" });

for (const frame of document.querySelectorAll("[data-map]")) if (window.L) draw(frame, window.L);

function draw(frame, L) {
  const entries = [...document.querySelectorAll(`#${CSS.escape(frame.dataset.entries)} [data-lat]`)];
  const middle = frame.dataset.lat ? [Number(frame.dataset.lat), Number(frame.dataset.lon)] : null;
  if (!entries.length && !middle) return;
  frame.hidden = false;
  document.documentElement.classList.add("map-drawn");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(frame.querySelector(".map"), {
    zoomControl: false, attributionControl: false, minZoom: 4, maxZoom: 18, scrollWheelZoom: false,
    zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still,
  });
  L.control.zoom({ position: "topleft", zoomInTitle: frame.dataset.nearer, zoomOutTitle: frame.dataset.farther }).addTo(map);
  L.control.attribution({ prefix: false }).addAttribution(safe(frame.dataset.credit)).addTo(map);
  map.on("popupopen", ({ popup }) => nameClose(popup, frame.dataset.close));
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());

  const points = entries.map(positionOf);
  look(map, L, points, middle, still);
  if (frame.dataset.tiles) {
    L.tileLayer(frame.dataset.tiles, { attribution: safe(frame.dataset.tilesCredit), maxZoom: 18 }).addTo(map);
  } else if (middle) {
    rings(map, L, middle, frame.dataset.rings.split(" ").map(Number));
  }
  outlines(map, L, frame);
  if ("line" in frame.dataset) L.polyline(points, { className: "map-route", interactive: false }).addTo(map);
  gather(map, L, entries.map((entry) => mark(L, entry)), frame);
}

function positionOf(entry) {
  return [Number(entry.dataset.lat), Number(entry.dataset.lon)];
}

function look(map, L, points, middle, still) {
  if (points.length > 1) map.fitBounds(L.latLngBounds(points).pad(0.15), { maxZoom: 15, animate: !still });
  else map.setView(points[0] ?? middle, points.length ? 14 : 11);
}

// Fingers need more than pointers.
function sizeOfMark() {
  return document.body.matches("[data-kiosk]") ? 48 : 36;
}

function mark(L, entry) {
  const shape = entry.querySelector("svg.mark").cloneNode(true);
  const size = sizeOfMark();
  const icon = L.divIcon({ html: shape, className: "map-mark", iconSize: [size, size], popupAnchor: [0, 2 - size / 2] });
  const marker = L.marker(positionOf(entry), { icon, keyboard: true, riseOnHover: true });
  marker.entry = entry;
  marker.on("add", () => marker.getElement().setAttribute("aria-label", entry.dataset.name));
  marker.bindPopup(() => words(entry), { maxWidth: 280, minWidth: 180 });
  marker.on("popupclose", () => marker.getElement()?.focus({ preventScroll: true }));
  return marker;
}

// Marks that would lie upon each other at this zoom stand as one, with their number; it brings nearer, and says which they are where
// nothing is nearer. The list beside the map stays whole.
function gather(map, L, markers, frame) {
  const bundles = L.layerGroup().addTo(map);
  const settle = () => {
    const held = map.getContainer().contains(document.activeElement) ? document.activeElement.dataset.first : undefined;
    bundles.clearLayers();
    for (const group of groupsOf(map, markers)) {
      const shown = group.length === 1 ? group[0].addTo(map) : bundle(map, L, group, markers.indexOf(group[0]), frame);
      if (group.length > 1) bundles.addLayer(shown);
      if (held !== undefined && group.includes(markers[held])) shown.getElement()?.focus({ preventScroll: true });
    }
  };
  map.on("zoomend", settle);
  settle();
}

function groupsOf(map, markers) {
  const groups = [];
  for (const marker of markers) {
    const point = map.project(marker.getLatLng());
    const near = groups.find((group) => group.point.distanceTo(point) < sizeOfMark() * 0.8);
    if (near) near.push(marker);
    else groups.push(Object.assign([marker], { point }));
  }
  return groups;
}

function bundle(map, L, group, first, frame) {
  for (const marker of group) marker.remove();
  const size = sizeOfMark() + 8;
  const number = document.createElement("span");
  number.textContent = new Intl.NumberFormat(language).format(group.length);
  const icon = L.divIcon({ html: number, className: "map-bundle", iconSize: [size, size] });
  const made = L.marker(group[0].getLatLng(), { icon, keyboard: true, riseOnHover: true });
  const names = group.map(({ entry }) => entry.dataset.name).join(language.startsWith("fa") ? "، " : ", ");
  const nearer = () => {
    const bounds = L.latLngBounds(group.map((marker) => marker.getLatLng()));
    if (map.getZoom() < map.getMaxZoom()) map.fitBounds(bounds.pad(0.3), { animate: false });
    else map.openPopup(namesOf(group), group[0].getLatLng(), { maxWidth: 280 });
  };
  made.on("add", () => {
    const element = made.getElement();
    element.setAttribute("aria-label", `${frame.dataset.together} ${number.textContent}: ${names}`);
    element.dataset.first = first;
    element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") nearer(event.preventDefault());
    });
  });
  return made.on("click", nearer);
}

// Places at one spot: each leads to its entry in the list.
function namesOf(group) {
  const list = document.createElement("ul");
  list.dir = document.documentElement.dir;
  list.className = "map-words";
  for (const { entry } of group) {
    const link = document.createElement("a");
    link.textContent = entry.dataset.name;
    if (entry.id) link.href = `#${entry.id}`;
    list.appendChild(document.createElement("li")).append(link);
  }
  return list;
}

// The popup says what the entry says, without its mark and without a second element of the same id.
function words(entry) {
  const copy = document.createElement("div");
  copy.dir = document.documentElement.dir;
  copy.className = "map-words";
  const text = entry.querySelector("svg.mark + div") ?? entry;
  copy.append(...[...text.cloneNode(true).childNodes]);
  copy.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
  return copy;
}

function nameClose(popup, name) {
  const button = popup.getElement().querySelector(".leaflet-popup-close-button");
  button?.setAttribute("aria-label", name);
}

function rings(map, L, middle, sizes) {
  for (const size of sizes) {
    L.circle(middle, { radius: size * 1000, className: "map-ring", interactive: false }).addTo(map);
    const north = [middle[0] + size / 111.2, middle[1]];
    const label = document.createElement("span");
    label.textContent = kilometres.format(size);
    label.dir = "auto";
    const icon = L.divIcon({ html: label, className: "map-distance", iconSize: [90, 18] });
    L.marker(north, { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(map);
  }
}

async function outlines(map, L, frame) {
  try {
    const answer = await fetch(frame.dataset.outlines);
    const style = ({ id }) => ({ className: id === frame.dataset.province ? "map-province own" : "map-province" });
    L.geoJSON(await answer.json(), { interactive: false, style }).addTo(map).bringToBack();
  } catch {
    // without the outlines the marks still stand where they stand
  }
}

function safe(text) {
  const holder = document.createElement("span");
  holder.textContent = text ?? "";
  holder.dir = document.documentElement.dir;
  return holder.outerHTML;
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
