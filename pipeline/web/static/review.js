// The keys of review: what they do, forms do as well. Time is counted while the page is seen.

const form = document.getElementById("decide");
const keys = document.getElementById("keys");
const AGENDA = /^Digit([1-9])$/;
const MODES = ["KeyQ", "KeyW", "KeyE", "KeyR"];
const VIEWS = ["both", "image", "text"];
let sent = false;

function check(input) {
  if (!input) return;
  input.checked = input.type === "radio" ? true : !input.checked;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function options(name) {
  return form ? [...form.querySelectorAll(`[name="${name}"]`)] : [];
}

function submit(button) {
  if (sent) return; // Enter held down must not decide on the next document too
  form.requestSubmit(button);
}

const plain = {
  Enter: () => (form ? submit(form.querySelector("button[type=submit]:not([data-ask])")) : document.querySelector("[data-open-first]")?.click()),
  KeyU: () => document.querySelector("[data-undo]")?.requestSubmit(),
  KeyN: () => document.querySelector("[data-skip]")?.click(),
  KeyS: () => form?.querySelector("[data-ask]")?.click(),
  KeyA: () => check(options("award_scaleup")[0]),
  KeyV: () => nextView(),
};

function nextView() {
  const now = document.querySelector('[name="view"]:checked')?.value;
  if (now) check(document.getElementById(`view-${VIEWS[(VIEWS.indexOf(now) + 1) % 3]}`));
}

function search() {
  const field = document.querySelector("[data-search]");
  if (field) {
    field.closest("details")?.setAttribute("open", "");
    field.focus();
  } else {
    const link = document.querySelector('.navigation a[href$="/search"]') ?? document.querySelector("[data-queue]");
    link?.click();
  }
}

/** Whether the key is meant for what has the focus: text fields take all, buttons and links Enter. */
function taken(event) {
  const at = event.target;
  const dialog = at.closest("dialog");
  if (dialog) return dialog.open; // one just closed keeps the focus until the next frame
  if (at.matches("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])")) return true;
  return event.code === "Enter" && at.matches("a, button, summary");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || taken(event)) return;
  const act = chosen(event);
  if (!act) return;
  event.preventDefault();
  act();
});

// Keys are known by their place (code), so that they work while the keyboard types Thai; `/` and
// `?` also by their sign, which stands elsewhere on other keyboards.
function chosen(event) {
  if (event.key === "?" || (event.shiftKey && event.code === "Slash")) return () => keys?.showModal();
  if (event.key === "/" || event.code === "Slash") return search;
  const mode = MODES.indexOf(event.code);
  if (mode >= 0 && form) return () => check(options(event.shiftKey ? "further" : "mode")[mode]);
  if (event.shiftKey) return undefined;
  const agenda = AGENDA.exec(event.code);
  if (agenda && form) return () => check(options("agenda")[agenda[1] - 1]);
  return plain[event.code === "NumpadEnter" ? "Enter" : event.code];
}

for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => keys?.showModal());
}

for (const select of document.querySelectorAll("form[data-auto] select, form[data-auto] [type=checkbox]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}
for (const filters of document.querySelectorAll("form[data-auto]")) {
  filters.addEventListener("submit", () => {
    for (const field of filters.elements) if (!field.value) field.disabled = true; // a short URL
  });
}
window.addEventListener("pageshow", (event) => {
  sent = false;
  if (event.persisted) for (const field of document.querySelectorAll("form[data-auto] :disabled")) field.disabled = false;
});

if (form) {
  let seconds = 0;
  let since = document.hidden ? null : performance.now();
  document.addEventListener("visibilitychange", () => {
    if (since !== null) seconds += (performance.now() - since) / 1000;
    since = document.hidden ? null : performance.now();
  });
  form.addEventListener("submit", (event) => {
    if (sent) return event.preventDefault();
    sent = true;
    const now = since === null ? 0 : (performance.now() - since) / 1000;
    form.elements.seconds.value = (seconds + now).toFixed(1);
  });
  form.addEventListener("change", (event) => {
    // The primary mode is no further one.
    if (event.target.name !== "mode" && event.target.name !== "further") return;
    const primary = options("mode").find((one) => one.checked)?.value;
    for (const one of options("further")) if (one.value === primary) one.checked = false;
  });
}

// A quote leads to the text, also where only images are shown.
for (const quote of document.querySelectorAll("[data-quote]")) {
  quote.addEventListener("click", () => {
    if (document.getElementById("view-image")?.checked) check(document.getElementById("view-both"));
  });
}

// On a narrow screen the filters start folded, unless one is set.
const folded = document.getElementById("filters");
if (folded && window.matchMedia("(max-width: 700px)").matches && !folded.querySelector("a")) folded.open = false;

for (const image of document.querySelectorAll(".page-image")) {
  const failed = () => image.classList.add("failed");
  image.addEventListener("error", failed);
  if (image.complete && image.naturalWidth === 0 && image.currentSrc) failed();
}

const kept = (() => { try { return localStorage.getItem("wara-view"); } catch { return null; } })();
if (VIEWS.includes(kept)) document.getElementById(`view-${kept}`)?.click();
for (const one of document.querySelectorAll('[name="view"]')) {
  one.addEventListener("change", () => { try { localStorage.setItem("wara-view", one.value); } catch { /* private window */ } });
}

// What takes a second to find is asked for when the page is there; without scripts it is a link.
for (const place of document.querySelectorAll("[data-load]")) {
  fetch(place.dataset.load, { credentials: "same-origin" })
    .then((response) => (response.ok ? response.text() : Promise.reject(new Error(response.statusText))))
    .then((text) => {
      const part = new DOMParser().parseFromString(text, "text/html").getElementById("entities");
      if (part) place.replaceWith(document.adoptNode(part));
    })
    .catch(() => {}); // the link stays
}
