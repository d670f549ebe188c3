// Keeps the list in this browser, only when somebody presses 「この機械にのこす」, and forgets it with 「けす」.
// The one file that may use the browser's storage (tests/house/test_source.py). Without it nothing is lost.
const NAME = "madobe.kept";
const box = document.querySelector("[data-device]");
const part = (name) => box.querySelector(`[data-device-${name}]`);

function stored() {
  try {
    return localStorage.getItem(NAME) || "";
  } catch {
    return null; // storage is switched off: then there is nothing to offer
  }
}

function draw() {
  const there = stored();
  box.hidden = there === null || !(there || part("keep"));
  part("show").hidden = part("forget").hidden = !there;
}

function field() {
  const form = document.getElementById("told");
  const found = form.querySelector("[name=kept]");
  if (found) return found;
  const made = document.createElement("input");
  made.type = "hidden";
  made.name = "kept";
  form.append(made);
  return made;
}

part("keep")?.addEventListener("click", (event) => {
  localStorage.setItem(NAME, field().value);
  part("says").textContent = event.target.dataset.said;
  draw();
});
part("forget").addEventListener("click", (event) => {
  localStorage.removeItem(NAME);
  part("says").textContent = event.target.dataset.said;
  draw();
});
part("show").addEventListener("click", () => {
  const both = new Set([...field().value.split(" "), ...stored().split(" ")]);
  field().value = [...both].join(" ").trim();
  field().form.submit();
});
draw();
