// Whoever left by すぐ隠す does not come back by the browser's Back: away again before anything is drawn.
// The mark is the name of this tab, one sign, gone with it; coming by address or link takes it away.
const AWAY = "-";
const calendar = document.currentScript.dataset.away;

function leaveAgain() {
  document.documentElement.classList.add("hidden");
  location.replace(calendar);
}

if (window.name === AWAY) {
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") leaveAgain();
  else window.name = "";
}

// Brought back whole from the browser's memory.
addEventListener("pageshow", (event) => {
  if (event.persisted && window.name === AWAY) leaveAgain();
});
