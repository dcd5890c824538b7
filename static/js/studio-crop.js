// What the sliders cut off is dimmed at once; the server cuts it when the form is sent.
const form = document.getElementById("crop");
const whole = document.getElementById("crop-whole");

function show() {
  const cut = ["top", "right", "bottom", "left"].map((side) => `${form.elements[side].value}%`);
  whole.style.clipPath = `inset(${cut.join(" ")})`;
}

form.addEventListener("input", show);
show();
