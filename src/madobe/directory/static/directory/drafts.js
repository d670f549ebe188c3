// Keeps what stands in the form while it is written: every change is sent at once, so that a browser that ends
// in the middle of a word takes nothing with it. Nothing is stored in the browser itself; without this file the
// button 「下書きを残す」 does the same.
const TOGETHER = 3; // savings under way at one time; the server keeps the one with the highest count
const AGAIN = 2000; // milliseconds until a saving that did not arrive is tried once more
const LOCKED = "403"; // what the door answers after a quarter of an hour without a touch
const AFTER_LIFE = 60_000; // bytes a browser still sends for a page that is gone

const form = document.querySelector("form[data-draft]");
const status = document.getElementById("draft-status");
const flying = new Set();
let count = 0;
let kept = ""; // what the server has, as text
let keptCount = 0;
let waiting = false;
let submitted = false;
let again; // the saving that is tried once more, if one is waiting

function typed() {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value !== "") (values[name] ??= []).push(value);
  }
  return JSON.stringify(values);
}

async function send(text, byItself = false) {
  const number = ++count;
  const body = `{"values":${text},"page":${JSON.stringify(form.dataset.page)},"count":${number}}`;
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  const answer = await fetch(form.dataset.draft, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(token && { "X-CSRFToken": token.value }),
      ...(byItself && { "X-Madobe-Background": "1" }), // nobody need be there for this one
    },
    body,
    keepalive: body.length * 3 < AFTER_LIFE,
    credentials: "same-origin",
  });
  if (!answer.ok) throw new Error(String(answer.status));
  if (number > keptCount) [kept, keptCount] = [text, number];
}

function save({ byItself = false } = {}) {
  if (submitted) return;
  if (flying.size >= TOGETHER) {
    waiting = true;
    return;
  }
  const text = typed();
  if (text === kept) return;
  const flight = send(text, byItself).then(
    () => (status.textContent = form.dataset.kept),
    (error) => {
      status.textContent = error.message === LOCKED ? form.dataset.locked : form.dataset.unkept;
      again ??= setTimeout(() => {
        again = undefined;
        save({ byItself: true });
      }, AGAIN);
    },
  ).finally(() => {
    flying.delete(flight);
    if (waiting) {
      waiting = false;
      save();
    }
  });
  flying.add(flight);
}

function saveOnLeaving() {
  const text = typed();
  if (!submitted && text !== kept) send(text).catch(() => {});
}

async function submitAfterSaving(event) {
  if (submitted) return;
  submitted = true;
  if (flying.size === 0) return;
  event.preventDefault(); // a saving under way must not arrive after the form itself
  const patience = new Promise((done) => setTimeout(done, AGAIN));
  await Promise.race([Promise.allSettled([...flying]), patience]);
  form.requestSubmit(event.submitter);
}

if (form) {
  kept = typed(); // what the page came with needs no draft
  form.addEventListener("input", () => save());
  form.addEventListener("change", () => save());
  form.addEventListener("submit", submitAfterSaving);
  addEventListener("pagehide", saveOnLeaving);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") saveOnLeaving();
  });
}
