// The network of relations. The list beside it holds the same pairs, for those who do not see the drawing.
"use strict";

(() => {
  let drawn = null;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const step = (score) => 1 + [-5, -1, 1, 5].filter((end) => score > end).length;

  function style() {
    const font = getComputedStyle(document.body).fontFamily;
    return [
      { selector: "node", style: {
        "background-color": colour("--ink"), "width": 6, "height": 6, "label": "data(name)", "color": colour("--ink"), "font-family": font,
        "font-size": 12, "text-valign": "top", "text-margin-y": -3, "text-outline-color": colour("--paper"), "text-outline-width": 2.5 } },
      { selector: "edge", style: {
        "width": "data(width)", "line-color": (edge) => colour(`--s${edge.data("step")}`), "curve-style": "straight", "opacity": 0.85 } },
      { selector: "edge.near, edge:selected", style: { "opacity": 1, "width": (edge) => edge.data("width") + 2 } },
      { selector: ".far", style: { "opacity": 0.15 } },
    ];
  }

  async function draw() {
    const place = document.getElementById("network");
    if (drawn) { drawn.destroy(); drawn = null; }
    if (!place || typeof cytoscape === "undefined") return;
    const answer = await fetch(place.dataset.source, { headers: { Accept: "application/json" } });
    if (!answer.ok || !place.isConnected) return;
    const found = await answer.json();
    const most = Math.max(...found.pairs.map((pair) => pair.affairs), 1);
    const nodes = found.actors.map((actor) => ({ data: { id: actor.code, name: actor.name } }));
    const edges = found.pairs.map((pair) => ({ data: {
      id: `${pair.one} ${pair.other}`, source: pair.one, target: pair.other, names: pair.names,
      step: step(pair.score), width: 1.5 + Math.min(5, 1.2 * Math.sqrt(most - 1)) * Math.sqrt(pair.affairs / most) } }));
    // From the same ring every time, so that the same question gives the same drawing.
    const ring = (i) => ({ x: 300 * Math.cos((2 * Math.PI * i) / nodes.length), y: 220 * Math.sin((2 * Math.PI * i) / nodes.length) });
    nodes.forEach((node, i) => { node.position = ring(i); });
    drawn = cytoscape({
      container: place, elements: { nodes, edges }, style: style(), minZoom: 0.2, maxZoom: 4,
      layout: { name: "cose", randomize: false, animate: false, nodeRepulsion: () => 90000, idealEdgeLength: () => 75, nodeOverlap: 18, padding: 28, gravity: 0.5, componentSpacing: 60 },
    });
    drawn.on("tap", "edge", (event) => {
      const [one, other] = event.target.data("names");
      const asked = new URLSearchParams({ one, other });
      const here = new URLSearchParams(location.search);
      for (const name of ["since", "until"]) if (here.get(name)) asked.set(name, here.get(name));
      location.href = `/dyad?${asked}`;
    });
    drawn.on("mouseover", "node", (event) => {
      const near = event.target.closedNeighborhood();
      drawn.elements().not(near).addClass("far");
      near.edges().addClass("near");
    });
    drawn.on("mouseout", "node", () => drawn.elements().removeClass("far near"));
    place.dataset.drawn = String(edges.length);
  }

  document.addEventListener("results", draw);
  for (const name of ["theme"]) document.addEventListener(name, () => drawn?.style(style()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawn?.style(style()));
  draw();
})();
