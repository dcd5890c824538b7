// Suggestions below the search box. Without it the box only searches.
const WAIT_MS = 160;
const SHORTEST = 2;

function combobox(form) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  const told = document.createElement("span");
  let lines = [];
  let active = -1;
  let timer;
  let asking;

  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestions);
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  form.append(list, told);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  function part(name, text) {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    return span;
  }

  function option(line, index) {
    const item = document.createElement("li");
    item.id = `suggestion-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const text = part("text", line.text);
    text.dir = "auto";
    item.append(text, part("kind", line.label));
    item.addEventListener("click", () => location.assign(line.url));
    return item;
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    told.textContent = "";
    mark(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function mark(index) {
    active = index;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === index)));
    if (index < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }
  }

  function open(answer) {
    lines = answer.suggestions;
    list.replaceChildren(...lines.map(option));
    mark(-1);
    if (!lines.length || document.activeElement !== input) return close();
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    told.textContent = answer.told;
  }

  async function ask() {
    const text = input.value.trim();
    if (text.length < SHORTEST) return close();
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: text })}`, { signal: asking.signal });
      if (answer.ok) open(await answer.json());
      else close();
    } catch (fault) {
      if (fault.name !== "AbortError") close();
    }
  }

  function askSoon() {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  }

  // -1 is the box itself, which stands between the last line and the first.
  function step(by) {
    const places = lines.length + 1;
    mark(((active + 1 + by + places) % places) - 1);
  }

  input.addEventListener("input", (event) => {
    if (!event.isComposing) askSoon();
  });
  input.addEventListener("compositionend", askSoon);
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const shown = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (shown) step(event.key === "ArrowDown" ? 1 : -1);
      else if (event.key === "ArrowDown") ask();
      else return;
      event.preventDefault();
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && shown && active >= 0) {
      event.preventDefault();
      location.assign(lines[active].url);
    }
  });
  form.addEventListener("submit", close);
  addEventListener("pagehide", close);
}

document.querySelectorAll("form[data-suggest]").forEach(combobox);
