// Conveniences: copy, hand over, print. Without this file the buttons stay hidden.
const can = {
  copy: () => Boolean(navigator.clipboard),
  share: () => Boolean(navigator.share),
  print: () => true,
};
const text = (id) => document.getElementById(id).value;
const act = {
  copy: (id) => navigator.clipboard.writeText(text(id)),
  share: (id) => navigator.share({ url: text(id) }).catch(() => {}), // closed again without a choice
  print: () => print(),
};

function ready() {
  for (const name of Object.keys(can)) {
    if (!can[name]()) continue;
    for (const button of document.querySelectorAll(`[data-${name}]`)) button.hidden = false;
  }
}

addEventListener("click", (event) => {
  for (const name of Object.keys(act)) {
    const button = event.target.closest?.(`[data-${name}]`);
    if (button) act[name](button.dataset[name]);
  }
});
addEventListener("shown", ready); // steps.js has put another page in place
ready();
