// The map with pictures from elsewhere: nothing is asked for before 「地図を見る」 is pressed.
const ask = document.querySelector("[data-map-ask]");
const where = document.querySelector("[data-map]");
const rows = [...document.querySelectorAll("[data-point]")];

function draw() {
  ask.hidden = true;
  where.hidden = false;
  const words = where.dataset;
  const map = L.map(where, { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, zoomControl: false });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: words.closer, zoomOutTitle: words.farther }).addTo(map);
  L.tileLayer(words.tiles, { attribution: plain(words.credit), maxZoom: 18 }).addTo(map);
  const points = rows.map((row) => row.dataset.point.split(",").map(Number));
  rows.forEach((row, index) => {
    const number = row.querySelector(".number").textContent;
    const name = row.querySelector(".name").textContent;
    const icon = L.divIcon({ className: "map-number", html: plain(number), iconSize: [32, 32] });
    const marker = L.marker(points[index], { icon, title: name, alt: name, keyboard: true }).addTo(map);
    marker.on("click keypress", (event) => {
      if (event.originalEvent.type === "keypress" && event.originalEvent.key !== "Enter") return;
      row.querySelector(".name").focus();
    });
  });
  map.fitBounds(points, { padding: [40, 40], maxZoom: 16 });
  where.querySelector("a, [tabindex]")?.focus();
}

// Text as text: a credit line may hold signs that mean something in HTML.
function plain(words) {
  const box = document.createElement("span");
  box.textContent = words;
  return box.innerHTML;
}

if (ask && rows.length) {
  ask.hidden = false;
  ask.querySelector("[data-map-show]").addEventListener("click", draw);
}
