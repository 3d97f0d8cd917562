// What a phone does with a script, besides what the page does without one: it looks whether the room
// has moved on, and takes taps on the map. It is a module of its own, for browsers of 2017; older
// ones have the page without it. Nothing here holds a rule about coverage.

export const EVERY = 2000; // ms between two looks
const { stamp, state } = document.documentElement.dataset;
const lost = document.querySelector(".lost");
const again = document.querySelector(".again");
const map = document.querySelector(".map");
const form = document.querySelector("form");

function look() {
  const request = new XMLHttpRequest();
  request.addEventListener("load", () => heard(request));
  request.addEventListener("error", () => missed(true));
  request.addEventListener("timeout", () => missed(true));
  request.open("GET", state);
  request.timeout = 5 * EVERY;
  request.send();
}

function heard({ status, responseText }) {
  if (status !== 200) missed(status >= 500);
  else if (JSON.parse(responseText).stamp === stamp) missed(false);
  else location.replace(again ? again.href : location.href);
}

function missed(isLost) {
  if (lost.hidden === isLost) lost.hidden = !isLost;
  lookLater();
}

// Not all phones at once.
function lookLater() {
  setTimeout(look, EVERY * (0.75 + Math.random() / 2));
}

function boxes() {
  return [...form.querySelectorAll("input[name=choice]")];
}

function showChosen() {
  const chosen = boxes().filter((box) => box.checked);
  for (const box of boxes()) {
    const path = map.querySelector(`path[data-code="${box.value}"]`);
    if (path) path.classList[box.checked ? "add" : "remove"]("picked");
  }
  form.querySelector(".so-far").textContent = `${chosen.length} of ${map.dataset.most} chosen.`;
}

function tap({ target }) {
  const { code } = target.dataset || {};
  const box = boxes().find(({ value }) => value === code);
  if (!box) return;
  box.checked = box.type === "radio" || !box.checked;
  showChosen();
}

if (map && form && boxes().length) {
  map.classList.add("live");
  map.addEventListener("click", tap);
  form.addEventListener("change", showChosen);
  showChosen();
}
if (state) lookLater();
