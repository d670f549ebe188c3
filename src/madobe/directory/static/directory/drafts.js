// Keeps what stands in the form while it is written: at once, then whenever something changed since.
// Nothing is stored in the browser; without this file the button 「下書きを残す」 does the same.
const SPACE = 250; // milliseconds between two savings
const KEEPALIVE_MOST = 60_000; // bytes a browser sends after its page is gone

const form = document.querySelector("form[data-draft]");
const status = document.getElementById("draft-status");
let count = 0;
let waiting = false;
let running = null;
let last = "";
let leaving = false;

function typed() {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value !== "") (values[name] ??= []).push(value);
  }
  return values;
}

function request(body, keepalive) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  const headers = { "Content-Type": "application/json", ...(token && { "X-CSRFToken": token.value }) };
  return fetch(form.dataset.draft, { method: "POST", headers, body, keepalive, credentials: "same-origin" });
}

async function save() {
  if (running) {
    waiting = true;
    return running;
  }
  running = (async () => {
    do {
      waiting = false;
      const values = typed();
      const text = JSON.stringify(values);
      if (text === last) break;
      try {
        const answer = await request(JSON.stringify({ values, page: form.dataset.page, count: ++count }), text.length * 3 < KEEPALIVE_MOST);
        if (answer.ok) last = text;
        status.textContent = answer.ok ? form.dataset.kept : form.dataset.unkept;
      } catch {
        status.textContent = form.dataset.unkept;
        waiting = true;
        await new Promise((done) => setTimeout(done, 8 * SPACE));
      }
      await new Promise((done) => setTimeout(done, SPACE));
    } while (waiting && !leaving);
  })();
  await running;
  running = null;
}

function saveOnLeaving() {
  if (leaving) return;
  const values = typed();
  const text = JSON.stringify(values);
  if (text === last) return;
  const body = JSON.stringify({ values, page: form.dataset.page, count: ++count });
  request(body, new Blob([body]).size < KEEPALIVE_MOST).catch(() => {});
}

if (form) {
  last = JSON.stringify(typed()); // what the page came with needs no draft
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  addEventListener("pagehide", saveOnLeaving);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") saveOnLeaving();
  });
  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    leaving = true;
    if (!running) return;
    event.preventDefault(); // a saving under way must not come after this one
    await Promise.race([running, new Promise((done) => setTimeout(done, 2000))]);
    form.requestSubmit(event.submitter);
  });
}
