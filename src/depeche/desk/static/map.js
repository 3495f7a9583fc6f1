// Places on the world. The list below holds the same, for those who do not see the drawing.
"use strict";

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const step = (score) => 1 + [-5, -1, 1, 5].filter((end) => score > end).length;
  let world = null;

  function element(name, attributes, within) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    within.append(made);
    return made;
  }

  async function draw() {
    const map = document.getElementById("map");
    if (!map || typeof maps === "undefined") return;
    const [shapes, answer] = await Promise.all([
      world ?? fetch("/static/vendor/countries-110m.json").then((found) => found.json()),
      fetch(map.dataset.source),
    ]);
    world = shapes;
    if (!answer.ok || !map.isConnected) return;
    const found = await answer.json();
    map.replaceChildren();
    const projection = maps.geoNaturalEarth1().fitExtent([[4, 4], [956, 476]], { type: "Sphere" });
    const path = maps.geoPath(projection);
    const whole = element("g", {}, map);
    element("path", { class: "land", d: path(maps.feature(world, world.objects.land)) }, whole);
    element("path", { class: "borders", d: path(maps.mesh(world, world.objects.countries, (a, b) => a !== b)) }, whole);
    const most = Math.max(...found.places.map((place) => place.affairs), 1);
    const circles = [...found.places].reverse().map((place) => {
      const [x, y] = projection([place.longitude, place.latitude]);
      const radius = 3.5 + Math.min(15, 2.5 * Math.sqrt(most)) * Math.sqrt(place.affairs / most);
      const circle = element("circle", { cx: x, cy: y, r: radius, class: `s${step(place.score)}` }, whole);
      element("title", {}, circle).textContent = `${place.name} (${place.affairs})`;
      circle.addEventListener("click", () => {
        const asked = new URLSearchParams(location.search);
        asked.set("place", place.name);
        location.href = `${map.dataset.address}?${asked}`;
      });
      return { circle, radius, place, x, y };
    });
    // Names of the busiest, where they do not run into one another.
    const taken = [];
    const labels = [];
    for (const mark of [...circles].reverse().slice(0, 40)) {
      const box = { x: mark.x + mark.radius + 3, y: mark.y - 8, w: mark.place.name.length * 6.2, h: 15 };
      if (box.x + box.w > 955) box.x = mark.x - mark.radius - 3 - box.w;
      if (taken.some((b) => b.x < box.x + box.w && box.x < b.x + b.w && b.y < box.y + box.h && box.y < b.y + b.h)) continue;
      taken.push(box);
      const text = element("text", { x: box.x, y: mark.y + 4 }, whole);
      text.textContent = mark.place.name;
      labels.push({ text, mark, dx: box.x - mark.x });
    }
    const zoom = maps.zoom().scaleExtent([1, 12]).translateExtent([[0, 0], [960, 440]]).filter((event) => event.type !== "wheel" || event.ctrlKey);
    zoom.on("zoom", (event) => {
      const k = event.transform.k;
      whole.setAttribute("transform", event.transform);
      for (const { circle, radius } of circles) circle.setAttribute("r", radius / Math.sqrt(k));
      for (const { text, mark, dx } of labels) {
        text.setAttribute("transform", `translate(${mark.x} ${mark.y}) scale(${1 / k}) translate(${-mark.x} ${-mark.y})`);
        text.setAttribute("x", mark.x + dx);
      }
    });
    const chosen = maps.select(map).call(zoom);
    for (const button of document.querySelectorAll("[data-zoom]")) {
      button.onclick = () => zoom.scaleBy(chosen, button.dataset.zoom === "in" ? 1.7 : 1 / 1.7);
    }
    map.dataset.drawn = String(circles.length);
  }

  document.addEventListener("results", draw);
  draw();
})();
