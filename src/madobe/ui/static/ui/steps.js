// The guide's questions without a new page in the history for each: one entry, however many questions.
// Everything works without this file; it only swaps <main> in place and makes the browser's Back go one question back.
let entered = false; // whether we stand on the one history entry of ours
let first = null; // the page's own <main>, with whatever was typed, for going back to it
const CARRIED = 56_000; // bytes a browser still sends for a page that was closed (64 KiB, with room for the rest)

// Whoever closes the page on the press of a button has pressed it: the line may be slow, the letter goes all the same.
function isCarried(body) {
  const most = body instanceof FormData ? 3 : 9; // bytes a sign can take, plain or percent-encoded
  let size = 0;
  for (const [, value] of body) size += typeof value === "string" ? value.length * most : value.size;
  return size <= CARRIED;
}

async function show(url, body, stay) {
  let answer;
  try {
    answer = await fetch(url, { method: "POST", body, redirect: "error", keepalive: isCarried(body) });
  } catch {
    return false;
  }
  if (!(answer.headers.get("Content-Type") || "").startsWith("text/html")) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  if (!main) return false;
  const here = document.querySelector("main");
  first ??= here;
  here.replaceWith(main);
  document.querySelector(".page").className = page.querySelector(".page").className; // a wide page stays wide
  replace(page, "details.display");
  replace(page, ".feedback");
  if (stay) stayAt(stay);
  else settle(url);
  if (main.querySelector("[data-forget]")) first = null; // what was typed before must not come back
  dispatchEvent(new Event("shown"));
  return true;
}

// A button that changes its own page: the eye and the focus stay where they are.
function stayAt(button) {
  const same = (other) => button.value === other.value && [button.name, button.dataset.also].includes(other.name);
  const there = [...document.querySelectorAll("main button")].find(same) || document.querySelector("main h1");
  if (there.tagName === "H1") there.tabIndex = -1;
  there.focus({ preventScroll: true });
}

function replace(page, selector) {
  const there = page.querySelector(selector);
  const here = document.querySelector(selector);
  if (there && here) here.replaceWith(there);
}

function settle(url) {
  if (entered) history.replaceState({ steps: true }, "", url);
  else history.pushState({ steps: true }, "", url);
  entered = true;
  scrollTo(0, 0);
  const heading = document.querySelector("main h1");
  if (heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}

addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches("[data-steps]") || button?.hasAttribute("data-plain")) return;
  event.preventDefault();
  const told = new FormData(form, button);
  const body = form.enctype === "multipart/form-data" ? told : new URLSearchParams(told);
  const url = button?.hasAttribute("formaction") ? button.formAction : form.action;
  show(url, body, button?.hasAttribute("data-stay") && button).then((shown) => {
    if (!shown) plainly(form, button);
  });
});

// Let the browser send the form itself, with the pressed button's value.
function plainly(form, button) {
  if (button?.name) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = button.name;
    field.value = button.value;
    form.append(field);
  }
  if (button?.hasAttribute("formaction")) form.action = button.formAction;
  form.submit();
}

addEventListener("popstate", () => {
  if (!entered) return;
  entered = false;
  const back = document.querySelector("main [data-back]");
  if (back) {
    back.form.requestSubmit(back);
    return;
  }
  if (first) {
    document.querySelector("main").replaceWith(first);
    first = null;
    scrollTo(0, 0);
  }
});

// すぐ隠す: what the page before held is gone, too.
addEventListener("left", () => {
  first = null;
  entered = false;
});
