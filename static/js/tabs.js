// On a phone a row of tabs scrolls sideways: the tab of this page stands in its middle.
for (const here of document.querySelectorAll(".desk-nav [aria-current], .tabs [aria-current]")) {
  const row = here.closest("ul");
  const [tab, box] = [here.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += tab.left + tab.width / 2 - (box.left + box.width / 2);
}
