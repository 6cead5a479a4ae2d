// Builds what the pages load: one stylesheet, one script, two fonts, one sprite of icons; names carry their digest.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";

const out = "../api/static/built";
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const result = await build({
  entryPoints: { style: "src/style.css", page: "src/page.js" },
  bundle: true,
  minify: true,
  metafile: true,
  outdir: out,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  publicPath: "/static",
  target: ["chrome109", "firefox115", "safari16"],
});

const manifest = {};
for (const [file, about] of Object.entries(result.metafile.outputs)) {
  const name = basename(file);
  if (about.entryPoint) manifest[basename(about.entryPoint)] = name;
  else if (name.endsWith(".woff2")) manifest[name.startsWith("bricolage") ? "heading.woff2" : "text.woff2"] = name;
}

// One sprite of the icons that templates use, and of no other.
const icons = JSON.parse(readFileSync("src/icons.json"));
const symbols = icons.map((icon) => {
  const svg = readFileSync(`node_modules/lucide-static/icons/${icon}.svg`, "utf8");
  const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return `<symbol id="${icon}" viewBox="0 0 24 24">${inner.replace(/\s+/g, " ").trim()}</symbol>`;
});
const sprite = `<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${symbols.join("")}</svg>`;
const spriteName = `icons-${createHash("sha256").update(sprite).digest("hex").slice(0, 8)}.svg`;
writeFileSync(`${out}/${spriteName}`, sprite);
manifest["icons.svg"] = spriteName;

for (const name of Object.values(manifest)) {
  if (!name.endsWith(".woff2")) writeFileSync(`${out}/${name}.gz`, gzipSync(readFileSync(`${out}/${name}`), { level: 9 }));
}
writeFileSync(`${out}/manifest.json`, JSON.stringify(manifest, null, 1));
