// Builds the style sheet: the design tokens we use, then our own rules, minified. Run by `npm run build`.
import { readFileSync, writeFileSync, copyFileSync, mkdirSync } from "node:fs";
import { transformSync } from "esbuild";

const tokens = readFileSync("node_modules/@digital-go-jp/design-tokens/dist/tokens.css", "utf8");
const look = readFileSync("src/madobe/ui/styles/madobe.css", "utf8");
const used = new Set([...look.matchAll(/var\((--[\w-]+)/g)].map((found) => found[1]));
const kept = [...tokens.matchAll(/^\s*(--[\w-]+):\s*([^;]+);/gm)].filter((found) => used.has(found[1]));
const head = `:root{${kept.map((found) => `${found[1]}:${found[2]}`).join(";")}}`;
const built = transformSync(head + look, { loader: "css", minify: true, target: ["chrome90", "firefox90", "safari14"] });
writeFileSync("src/madobe/ui/static/ui/madobe.css", built.code);

// 読みやすい文字: the whole Japanese face in the ranges the font's makers cut; loaded only when chosen.
const fonts = "node_modules/@fontsource/biz-udpgothic";
mkdirSync("src/madobe/ui/static/ui/fonts", { recursive: true });
copyFileSync(`${fonts}/files/biz-udpgothic-japanese-400-normal.woff2`, "src/madobe/ui/static/ui/fonts/biz-udpgothic.woff2");
copyFileSync(`${fonts}/LICENSE`, "src/madobe/ui/static/ui/fonts/LICENSE-OFL.txt");

// The map, shown only on request: Leaflet as published, without the line that points to a map of its source.
const leaflet = "node_modules/leaflet";
const vendor = "src/madobe/directory/static/directory/vendor/leaflet";
mkdirSync(`${vendor}/images`, { recursive: true });
const script = readFileSync(`${leaflet}/dist/leaflet.js`, "utf8");
writeFileSync(`${vendor}/leaflet.js`, script.replace(/^\/\/# sourceMappingURL=.*\n?/m, ""));
copyFileSync(`${leaflet}/dist/leaflet.css`, `${vendor}/leaflet.css`);
copyFileSync(`${leaflet}/LICENSE`, `${vendor}/LICENSE.txt`);
for (const image of ["layers.png", "layers-2x.png", "marker-icon.png", "marker-icon-2x.png", "marker-shadow.png"])
  copyFileSync(`${leaflet}/dist/images/${image}`, `${vendor}/images/${image}`);
