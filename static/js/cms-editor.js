// Wagtail saves a draft by itself, half a second after a change. A button pressed meanwhile would send the page a second
// time beside that save, and a page just begun would be made twice or refused for its own address. So what is pressed
// waits for the save, and no save begins after it.
const form = document.querySelector("[data-edit-form]");
let saving = false;
let pressed = null;

function send() {
  if (pressed.name) {
    // the button itself may be gone: the save draws the actions of the page anew
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: pressed.name, value: pressed.value });
    form.append(field);
  }
  pressed = null;
  form.requestSubmit();
}

function ended() {
  saving = false;
  if (pressed) send();
}

document.addEventListener("w-autosave:save", () => (saving = true));
document.addEventListener("w-autosave:success", ended);
document.addEventListener("w-autosave:error", ended);
form?.addEventListener(
  "submit",
  (event) => {
    form.dataset.wAutosaveActiveValue = "false";
    if (!saving) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed ??= { name: event.submitter?.name, value: event.submitter?.value };
  },
  { capture: true },
);
