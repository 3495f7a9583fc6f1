// Puts the libraries that the desk's pages use under ../src/depeche/desk/static/vendor, and axe-core, which only tests use, under ../tests/data.
// npm ci && npm run build
import { build } from "esbuild";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";

const vendor = "../src/depeche/desk/static/vendor/";
await mkdir(vendor, { recursive: true });
await mkdir("../tests/data", { recursive: true });

const common = { bundle: true, minify: true, format: "iife", target: "es2020", legalComments: "none" };
await build({
  ...common,
  outfile: vendor + "maps.js",
  globalName: "maps",
  stdin: {
    contents: `
      export { geoNaturalEarth1, geoPath, geoGraticule10 } from "d3-geo";
      export { select } from "d3-selection";
      export { zoom, zoomIdentity } from "d3-zoom";
      export { feature, mesh } from "topojson-client";`,
    resolveDir: ".",
  },
});
await copyFile("node_modules/htmx.org/dist/htmx.min.js", vendor + "htmx.js");
await copyFile("node_modules/cytoscape/dist/cytoscape.min.js", vendor + "cytoscape.js");
await copyFile("node_modules/world-atlas/countries-110m.json", vendor + "countries-110m.json");
await copyFile("node_modules/axe-core/axe.min.js", "../tests/data/axe.min.js");

// The licence of every package whose words are in what is shipped.
const shipped = ["cytoscape", "htmx.org", "topojson-client", "world-atlas"];
const all = await readdir("node_modules");
shipped.push(...all.filter((name) => name.startsWith("d3-")));
let text = "Libraries shipped with the desk, unchanged or bundled by desk-assets/build.mjs.\n";
text += "The map's geometry (world-atlas) is made from Natural Earth, which is in the public domain.\n";
for (const name of shipped.sort()) {
  const folder = `node_modules/${name}/`;
  const about = JSON.parse(await readFile(folder + "package.json", "utf8"));
  const licence = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
  text += `\n${"=".repeat(80)}\n${name} ${about.version} (${about.license})\n\n`;
  text += (await readFile(folder + licence, "utf8")).trimEnd() + "\n";
}
await writeFile("../src/depeche/desk/static/LICENSES.txt", text);
