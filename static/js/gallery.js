// Thumbs, arrow keys and a closer look. Without it the pictures scroll and open by their links.
const still = matchMedia("(prefers-reduced-motion: reduce)");

function gallery(figure) {
  const shown = figure.querySelector("[data-shown]");
  const links = [...shown.querySelectorAll("a")];
  const thumbs = [...figure.querySelectorAll("[data-thumbs] a")];
  const dialog = figure.querySelector("[data-zoom]");
  const plate = dialog.querySelector("[data-plate]");
  const closer = dialog.querySelector("[data-closer]");
  let current = 0;

  const rightToLeft = () => getComputedStyle(figure).direction === "rtl";
  const forward = (key) => (key === "ArrowRight") !== rightToLeft();

  function mark(index) {
    current = index;
    thumbs.forEach((thumb, place) => {
      if (place === index) thumb.setAttribute("aria-current", "true");
      else thumb.removeAttribute("aria-current");
    });
  }

  function show(index) {
    const next = (index + links.length) % links.length;
    const left = links[next].parentElement.offsetLeft - shown.firstElementChild.offsetLeft;
    shown.scrollTo({ left, behavior: still.matches ? "auto" : "smooth" });
    mark(next);
  }

  function lookCloser(close) {
    dialog.classList.toggle("close-up", close);
    closer.setAttribute("aria-pressed", String(close));
    if (close) plate.scrollTo({ left: (plate.scrollWidth - plate.clientWidth) / (rightToLeft() ? -2 : 2), top: (plate.scrollHeight - plate.clientHeight) / 2 });
  }

  function enlarge(index) {
    show(index);
    const picture = new Image();
    picture.src = links[current].href;
    picture.alt = links[current].querySelector("img").alt;
    plate.replaceChildren(picture);
    lookCloser(false);
    if (!dialog.open) dialog.showModal();
  }

  thumbs.forEach((thumb, index) => thumb.addEventListener("click", (event) => {
    event.preventDefault();
    show(index);
  }));
  links.forEach((link, index) => link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    enlarge(index);
  }));
  shown.addEventListener("scrollend", () => mark(Math.round(Math.abs(shown.scrollLeft) / shown.clientWidth)));
  figure.addEventListener("keydown", (event) => {
    if (!event.key.startsWith("Arrow") || event.key === "ArrowUp" || event.key === "ArrowDown") return;
    if (dialog.open && dialog.classList.contains("close-up")) return;
    event.preventDefault();
    const next = current + (forward(event.key) ? 1 : -1);
    if (dialog.open) enlarge(next);
    else {
      show(next);
      if (thumbs.includes(document.activeElement)) thumbs[current].focus({ preventScroll: true });
    }
  });
  plate.addEventListener("click", () => lookCloser(!dialog.classList.contains("close-up")));
  plate.addEventListener("keydown", (event) => {
    if (event.key === "Enter") lookCloser(!dialog.classList.contains("close-up"));
  });
  closer.addEventListener("click", () => lookCloser(!dialog.classList.contains("close-up")));
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.querySelectorAll("[data-step]").forEach((button) => button.addEventListener("click", () => enlarge(current + Number(button.dataset.step))));
  dialog.addEventListener("close", () => links[current].focus({ preventScroll: true }));
}

document.querySelectorAll("[data-gallery]").forEach(gallery);
