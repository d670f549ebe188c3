// 「書いています…」, told to the other only while both have chosen it. Remembered by this page alone, and only while it is open.
const EVERY_MS = 4000;
export const HEADER = "X-Madobe-Writing";
let wished = false;
let typed = false;

const place = () => document.querySelector("[data-writing]");

function say(words) {
  const line = place()?.querySelector("[data-words]");
  if (line && line.textContent !== words) line.textContent = words;
}

// What goes along with a question of the page; {} while it is not wished.
function told() {
  if (!wished || !place()) return {};
  const sign = typed ? "writing" : "wish";
  typed = false;
  return { [HEADER]: sign };
}

export function heard(answer) {
  const words = place()?.querySelector("[data-words]")?.dataset.words || "";
  say(wished && answer?.headers.get(HEADER) ? words : "");
}

// `ask(headers)`: ask the server as the page does, with these besides.
export function beginWriting(ask) {
  const ready = () => {
    const here = place();
    if (!here) {
      wished = false;
      return;
    }
    here.hidden = false;
    here.querySelector("input").checked = wished;
  };
  addEventListener("shown", ready);
  addEventListener("left", () => (wished = false));
  addEventListener("input", (event) => {
    if (event.target.id === "text") typed = true;
  });
  addEventListener("change", (event) => {
    if (!event.target.closest?.("[data-writing]")) return;
    wished = event.target.checked;
    typed = false;
    say("");
    ask(wished ? told() : { [HEADER]: "no" });
  });
  setInterval(() => {
    if (!wished) return;
    if (document.hidden) say("");
    else ask(told());
  }, EVERY_MS);
  ready();
}
