// Where htmx is present a changed facet fetches by itself, so the button only closes the sheet on a phone.
const form = document.querySelector("form[data-facets]");

if (form && window.htmx) {
  document.documentElement.classList.add("facets-live");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.matches(":popover-open")) form.hidePopover();
  });
  // New counts bring new facets; those the reader had open stay open.
  let open = [];
  document.addEventListener("htmx:beforeSwap", () => {
    open = [...form.querySelectorAll("details[open]")].map((facet) => facet.id);
  });
  document.addEventListener("htmx:afterSettle", () => {
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  });
}
