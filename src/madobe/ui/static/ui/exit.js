// すぐ隠す: hide everything in the same tick, then leave without a way back. Three times Shift does the same.
const exit = document.querySelector("[data-exit]");
const status = document.querySelector("#exit-status");
const WINDOW_MS = 5000;
let presses = 0;
let forget;

function leave() {
  document.documentElement.classList.add("hidden");
  window.name = "-"; // away.js: Back brings nothing back
  dispatchEvent(new Event("left"));
  for (const field of document.querySelectorAll("textarea, input")) field.value = "";
  document.querySelector("main").replaceChildren();
  location.replace(exit.href);
}

function reset() {
  presses = 0;
  status.textContent = "";
}

exit.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

addEventListener("keydown", (event) => {
  if (event.key !== "Shift") return reset();
  if (event.repeat) return;
  presses += 1;
  clearTimeout(forget);
  forget = setTimeout(reset, WINDOW_MS);
  if (presses >= 3) leave();
  else status.textContent = presses === 1 ? exit.dataset.two : exit.dataset.one;
});
