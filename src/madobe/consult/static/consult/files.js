// A picture or text of the thread is shown under its button until it is pressed again, where すぐ隠す reaches it. Without this file: in a tab of its own.
const asText = (body) => new Promise((done) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result);
  reader.readAsDataURL(body);
});

async function shown(button) {
  const body = new URLSearchParams({ token: button.form.elements.token.value, go: button.value });
  const answer = await fetch(button.form.action, { method: "POST", body, redirect: "error" }).catch(() => null);
  const kind = answer?.headers.get("Content-Type") || "";
  const place = document.createElement("div");
  if (kind.startsWith("image/")) {
    const picture = document.createElement("img");
    picture.alt = button.textContent;
    picture.style.maxWidth = "100%";
    picture.src = await asText(await answer.blob());
    place.append(picture);
  } else if (kind.startsWith("text/plain")) {
    place.className = "words-of";
    place.style.whiteSpace = "pre-wrap";
    place.textContent = await answer.text();
  } else {
    return false;
  }
  if (document.documentElement.classList.contains("hidden")) return true;
  place.dataset.shown = "";
  button.closest("p").after(place);
  button.setAttribute("aria-expanded", "true");
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  return true;
}

addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.hasAttribute("data-here")) return;
  event.preventDefault();
  const open = button.closest("p").nextElementSibling;
  if (open?.hasAttribute("data-shown")) {
    open.remove();
    button.setAttribute("aria-expanded", "false");
    return;
  }
  shown(button).then((done) => {
    if (done) return;
    // A page came instead: the form has waited too long, or the file is no longer there. It takes its place here.
    for (const name of ["data-here", "data-plain", "formtarget"]) button.removeAttribute(name);
    button.form.requestSubmit(button);
  });
});
