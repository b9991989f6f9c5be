// Keys of the desk: g and a letter lead to a part of it, the others are the officer's. They can be switched off, and rest while a field has the focus
// (WCAG 2.1.4). The row whose link has the focus is the current one: Enter opens it by itself.
const STORED = "shortcuts";
const AFTER_G_MS = 1500;
const TYPED = "input:not([type=checkbox]), select, textarea, [contenteditable]";
const dialog = document.getElementById("shortcuts");
const places = document.querySelector("script[data-shortcuts-go]").dataset;
const requests = document.querySelector("form[data-requests]");
const links = [...document.querySelectorAll("form[data-requests] tbody a")];
let wentAt = -Infinity;

const isOn = () => localStorage.getItem(STORED) !== "off";

function move(step) {
  const row = document.activeElement.closest("form[data-requests] tbody tr");
  const here = row ? links.indexOf(row.querySelector("a")) : -1;
  links[Math.max(0, Math.min(links.length - 1, here + step))]?.focus();
}

function assign() {
  const own = document.querySelector("[data-assign]");
  const row = document.activeElement.closest("form[data-requests] tbody tr");
  if (own) own.click();
  if (!requests) return;
  const box = row?.querySelector("[name=reference]");
  if (box && !requests.querySelector("[name=reference]:checked")) box.checked = true;
  if (requests.querySelector("[name=reference]:checked")) requests.requestSubmit();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  a: assign,
  e: () => document.querySelector("[data-answer]")?.querySelector("select, textarea, input:not([type=hidden])")?.focus(),
  g: () => { wentAt = performance.now(); },
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => dialog.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && event.key === "a") return;
  if (!isOn() || dialog.open || event.target.closest?.(TYPED)) return;
  const place = performance.now() - wentAt < AFTER_G_MS && places[`go${event.key.toUpperCase()}`];
  wentAt = -Infinity;
  if (place) {
    event.preventDefault();
    location.assign(place);
    return;
  }
  if (!Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});

function show() {
  for (const button of document.querySelectorAll("[data-switch]")) {
    button.textContent = isOn() ? button.dataset.on : button.dataset.off;
  }
}

for (const button of document.querySelectorAll("[data-switch]")) {
  button.addEventListener("click", () => {
    localStorage.setItem(STORED, isOn() ? "off" : "on");
    show();
  });
}
document.querySelector("[data-help]").addEventListener("click", () => dialog.showModal());
document.querySelector("[data-shortcuts]").hidden = false;
show();

const all = document.querySelector("[data-all]");
if (all) {
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    for (const box of requests.querySelectorAll("[name=reference]")) box.checked = all.checked;
  });
}
