// Keeps what is being written, and looks for news. Without this file the buttons do both.
const BACKGROUND = { "X-Madobe-Background": "1" }; // nobody being there keeps no seat warm
const PAUSE_MS = 1500;
const EVERY_MS = 15000;

const form = document.querySelector("form[data-draft]");
const kept = document.getElementById("kept");
const news = document.getElementById("news");
let timer = 0;
let saving = null;
let saved = form?.elements.text.value;

async function save() {
  const text = form.elements.text.value;
  if (text === saved || saving) return;
  const body = new FormData(form);
  saving = fetch(form.action, { method: "POST", body, headers: BACKGROUND }).catch(() => null);
  const answer = await saving;
  saving = null;
  if (answer?.ok) {
    const said = await answer.json();
    form.elements.version.value = said.version;
    kept.textContent = said.said;
    saved = text;
    if (form.elements.text.value !== saved) later();
  } else {
    kept.textContent = answer?.status === 409 ? kept.dataset.elsewhere : kept.dataset.notKept;
  }
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE_MS);
}

// A save on its way ends before the button goes, so that the page after it is the newest.
async function wait(event) {
  clearTimeout(timer);
  if (!saving) return;
  event.preventDefault();
  const button = event.submitter;
  await saving;
  form.requestSubmit(button);
}

form?.addEventListener("input", later);
form?.addEventListener("submit", wait);

async function look(place, writing) {
  const part = place.querySelector(`#${place.dataset.part}`);
  if (!part || document.hidden) return;
  const headers = { ...BACKGROUND, "If-None-Match": `"${part.dataset.mark}"`, ...writing };
  const answer = await fetch(place.dataset.poll, { headers, cache: "no-store" }).catch(() => null);
  if (writing) dispatchEvent(new CustomEvent("told", { detail: answer?.headers.get("X-Madobe-Writing") }));
  if (answer?.status !== 200) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector(`#${place.dataset.part}`);
  if (!fresh) return;
  part.replaceWith(fresh);
  if (news) news.textContent = news.dataset.words;
}

for (const place of document.querySelectorAll("[data-poll]")) {
  setInterval(() => look(place), EVERY_MS);
}
if (form) addEventListener("tell", (event) => look(document.querySelector("[data-poll]"), event.detail)); // writing.js
