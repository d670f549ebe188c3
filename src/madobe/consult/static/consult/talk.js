// The open thread looks for news by itself, and the words can be kept as a picture. Without this file a button does it.
const EVERY_MS = 15000;
let tag = "";
let gone = false;

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
  if (!answer) return;
  if (answer.status === 410) gone = true; // the words are asked for again with the next press
  if (answer.status !== 200) return;
  tag = answer.headers.get("ETag") || "";
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const news = page.querySelector("#letters");
  if (!news) return;
  letters.replaceWith(news);
  const said = page.querySelector("[data-said]");
  const place = document.querySelector("#news");
  if (said && place) place.textContent = said.textContent;
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
