// A form that was sent is not sent twice. The button keeps its name and value: it is marked, never disabled.
const RETRY_AFTER_MS = 15000;

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll('[aria-busy="true"]').forEach((button) => button.removeAttribute("aria-busy"));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), RETRY_AFTER_MS);
});

// A page that comes back from the browser's memory may be sent again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
});

// The first wrong field gets the focus after a refused form.
const wrong = document.querySelector(".form-errors");
if (wrong) {
  wrong.tabIndex = -1;
  wrong.focus();
}
