// The open thread looks for news by itself, and the words can be kept as a picture. Without this file a button does it.
const EVERY_MS = 15000;
const PATIENCE = 4; // looks in a row that came to nothing before the page says so
let tag = "";
let gone = false;
let missed = 0;

async function look(writing) {
  const letters = document.querySelector("#letters");
  const token = document.querySelector("#told input[name=token]")?.value;
  if (!letters || !token || gone || document.hidden) return;
  if (document.documentElement.classList.contains("hidden")) return;
  const answer = await fetch("/talk/poll", {
    headers: { "X-Madobe-Thread": token, "If-None-Match": tag || `"${letters.dataset.revision}"`, "X-Madobe-Display": location.pathname.split("/")[1], ...writing },
    cache: "no-store",
    credentials: "omit",
  }).catch(() => null);
  if (writing) dispatchEvent(new CustomEvent("told", { detail: answer?.headers.get("X-Madobe-Writing") }));
  if (!letters.isConnected) return; // another page stands here by now
  if (answer?.status === 410) {
    gone = true;
    say("gone");
    return;
  }
  if (answer?.status !== 200 && answer?.status !== 304) {
    missed += 1;
    if (missed === PATIENCE) say("away");
    return;
  }
  if (missed >= PATIENCE) say("");
  missed = 0;
  if (answer.status === 304) return;
  const text = await answer.text().catch(() => "");
  const page = new DOMParser().parseFromString(text, "text/html");
  if (!letters.isConnected || !page.querySelector("#letters")) return;
  tag = answer.headers.get("ETag") || "";
  renew("#status", page);
  renew("#offers", page);
  if (add(page, letters)) say(page.querySelector("[data-said]"));
}

// The live region: a sentence of the page's own by its name, or what an answer brought.
function say(what) {
  const place = document.querySelector("#news");
  if (!place) return;
  const kept = what === "" ? null : typeof what === "string" ? document.querySelector(`template[data-news=${what}]`) : what;
  place.replaceChildren();
  if (kept instanceof HTMLTemplateElement) place.append(kept.content.cloneNode(true));
  else if (kept) place.append(Object.assign(document.createElement("p"), { className: "promise", textContent: kept.textContent }));
}

// New letters go below those that are there, which stay untouched: what is read, opened or in focus stays so.
// Gives whether one of them is an answer.
function add(page, letters) {
  const there = [...page.querySelectorAll("#letters > li")];
  const more = there.slice(letters.children.length);
  const words = (one) => one?.querySelector(".words-of")?.textContent;
  if ([...letters.children].every((one, place) => words(one) === words(there[place]))) letters.append(...more);
  else letters.replaceChildren(...there); // two threads were laid together
  return more.some((one) => one.classList.contains("theirs"));
}

// A part is changed only when it says something else; what was ticked in it and the focus stay where they can.
function renew(selector, page) {
  const here = document.querySelector(selector);
  const there = page.querySelector(selector);
  if (!here || !there || here.innerHTML === there.innerHTML) return;
  const held = here.contains(document.activeElement) ? document.activeElement : null;
  const same = (one) => one.type === "text" ? `[id="${one.id}"]` : `[name="${one.name}"][value="${one.value}"]`;
  for (const one of here.querySelectorAll("input:checked, input[type=text]")) {
    const again = there.querySelector(same(one));
    if (again && one.type === "text") again.value = one.value;
    else if (again) again.checked = true;
  }
  here.replaceWith(there);
  if (!held) return;
  const again = (held.name && there.querySelector(same(held))) || document.querySelector("#text");
  again?.focus({ preventScroll: true });
}

// A picture of the words that looks like a small poem: no name, no mark of where it is from.
function picture() {
  const lines = [...document.querySelectorAll("#words span")].map((line) => line.textContent);
  const canvas = document.createElement("canvas");
  canvas.width = 1080;
  canvas.height = 1080;
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#faf6ec";
  brush.fillRect(0, 0, 1080, 1080);
  brush.fillStyle = "#24323a";
  brush.font = "64px sans-serif";
  brush.textAlign = "center";
  lines.forEach((line, place) => brush.fillText(line, 540, 340 + place * 140));
  const away = document.createElement("a");
  away.download = "1.png";
  away.href = canvas.toDataURL("image/png");
  away.click();
}

function ready() {
  gone = false;
  missed = 0;
  tag = "";
  for (const button of document.querySelectorAll("[data-picture]")) button.hidden = false;
}

addEventListener("click", (event) => {
  if (event.target.closest?.("[data-picture]")) picture();
});
addEventListener("shown", ready);
setInterval(() => look(), EVERY_MS);
addEventListener("tell", (event) => look(event.detail)); // writing.js
ready();
