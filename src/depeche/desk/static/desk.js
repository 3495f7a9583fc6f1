// Theme, keyboard, and the words that belong to a chosen entry. The pages work without it.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// ── Theme ──
document.getElementById("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* not kept */ }
  document.dispatchEvent(new Event("theme"));
});

// ── Filters, folded away on a phone until something is asked ──
const narrowing = document.querySelector(".narrowing");
if (narrowing && matchMedia("(max-width: 40rem)").matches && !new URLSearchParams(location.search).size) narrowing.open = false;

// ── The chosen entry ──
function quietly(element, block) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
}

function inView(element) {
  const box = element.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight;
}

function showChosen(fromText) {
  const margin = document.getElementById("margin");
  if (!margin) return;
  const chosen = margin.dataset.chosen;
  all(".text .m.chosen").forEach((piece) => piece.classList.remove("chosen"));
  if (!chosen) return;
  const pieces = all(".text .m[data-e]").filter((piece) => piece.dataset.e.split(" ").includes(chosen));
  pieces.forEach((piece) => piece.classList.add("chosen"));
  if (!fromText && pieces.length && !inView(pieces[0])) quietly(pieces[0], "center");
  const narrow = matchMedia("(max-width: 60rem)").matches;
  if (fromText && narrow) quietly(document.getElementById("entry"), "start");
  else margin.scrollTop = 0;
}

let clickedInText = false;
document.addEventListener("htmx:beforeRequest", (event) => {
  clickedInText = Boolean(event.target.closest?.(".text"));
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (document.getElementById("margin") && location.pathname.startsWith("/articles/")) showChosen(clickedInText);
  document.dispatchEvent(new Event("results"));
});
// What the server refuses is said where the results would stand.
document.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const sentence = page.querySelector(".head p")?.textContent ?? String(event.detail.xhr.status);
  const results = document.getElementById("results");
  if (!results) return;
  const told = document.createElement("p");
  told.className = "nothing";
  told.setAttribute("role", "alert");
  told.textContent = sentence;
  results.replaceChildren(told);
});
if (document.getElementById("margin")?.dataset.chosen) showChosen(false);

// ── Keyboard ──
const entries = () => all("[data-entry]").map((element) => element.querySelector("a[href]")).filter(Boolean);

function step(by) {
  const some = entries();
  if (!some.length) return;
  const here = document.activeElement?.closest?.("[data-entry]");
  const chosen = document.querySelector(".contents a[aria-current]");
  let at = some.findIndex((link) => link.closest("[data-entry]") === here);
  if (at < 0 && chosen) at = some.indexOf(chosen);
  const next = some[Math.min(Math.max(at + by, 0), some.length - 1)];
  next.focus({ preventScroll: true });
  if (next.dataset.choose) next.click();
  else quietly(next.closest("[data-entry]"), "nearest");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(input|textarea|select)$/i.test(event.target.tagName)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "/") { event.preventDefault(); document.getElementById("search").focus(); }
  else if (event.key === "u") document.querySelector(".card .close, .head .over a, nav a[aria-current]")?.click();
});
// After the margin was replaced the keyboard stays where it was in the list.
document.addEventListener("htmx:afterSettle", () => {
  const chosen = document.querySelector(".contents a[aria-current]");
  if (chosen && !clickedInText && document.activeElement === document.body) chosen.focus({ preventScroll: true });
});

// ── Reading what is pasted or dropped ──
const paste = document.querySelector("form.paste");
if (paste) {
  const told = paste.querySelector(".told");
  const text = paste.elements.namedItem("text");
  paste.addEventListener("submit", () => { told.textContent = paste.dataset.reading; });
  for (const name of ["dragenter", "dragover"]) {
    paste.addEventListener(name, (event) => { event.preventDefault(); paste.classList.add("over"); });
  }
  paste.addEventListener("dragleave", () => paste.classList.remove("over"));
  paste.addEventListener("drop", async (event) => {
    event.preventDefault();
    paste.classList.remove("over");
    const file = event.dataTransfer.files[0];
    if (file && file.size > 1_000_000) { told.textContent = paste.dataset.large; return; }
    text.value = file ? await file.text() : event.dataTransfer.getData("text/plain");
    if (text.value.trim()) paste.requestSubmit();
  });
}
