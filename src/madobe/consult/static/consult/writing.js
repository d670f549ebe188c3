// 「書いています…」, told to the other only while both have chosen it. Remembered by this page alone, and only while it is open.
// The page that asks for news (talk.js, desk.js) takes it along: "tell" says what, "told" what came back.
const EVERY_MS = 4000;
let wished = false;
let typed = false;

const place = () => document.querySelector("[data-writing]");

function tell(sign) {
  typed = false;
  dispatchEvent(new CustomEvent("tell", { detail: { "X-Madobe-Writing": sign } }));
}

function show(isWriting) {
  const line = place()?.querySelector("[data-words]");
  const words = isWriting && wished ? line?.dataset.words : "";
  if (line && line.textContent !== words) line.textContent = words;
}

function ready() {
  const here = place();
  if (!here) {
    wished = false; // another thread begins without it
    return;
  }
  here.hidden = false;
  here.querySelector("input").checked = wished;
}

addEventListener("shown", ready);
addEventListener("left", () => (wished = false));
addEventListener("told", (event) => show(event.detail));
addEventListener("input", (event) => {
  if (event.target.id === "text") typed = true;
});
addEventListener("change", (event) => {
  if (!event.target.closest?.("[data-writing]")) return;
  wished = event.target.checked;
  show(false);
  tell(wished ? "wish" : "no");
});
setInterval(() => {
  if (!wished || !place()) return;
  if (document.hidden) show(false);
  else tell(typed ? "writing" : "wish");
}, EVERY_MS);
ready();
