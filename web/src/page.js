// What a page gains with a script: ages that count, live states that arrive, lines that can be copied, a file checked
// on one's own device. Without it all is there.
const [MINUTE, HOUR, DAY] = [60, 3600, 86400];
const NBSP = "\u00a0";

// The same words as `api/pages/words.py:ago`.
function age(seconds) {
  if (seconds < 90) return `il y a ${Math.max(0, Math.round(seconds))}${NBSP}s`;
  if (seconds < 90 * MINUTE) return `il y a ${Math.round(seconds / MINUTE)}${NBSP}min`;
  if (seconds < 36 * HOUR) return `il y a ${Math.round(seconds / HOUR)}${NBSP}h`;
  return `il y a ${Math.round(seconds / DAY).toLocaleString("fr")}${NBSP}j`;
}

function say(words) {
  const said = document.getElementById("said");
  if (said) said.textContent = words;
}

// Past its limit a live value is unknown: the last one never passes for the present one.
function silence(tile) {
  tile.classList.add("mute");
  const value = tile.querySelector(".value");
  if (value) value.textContent = "? inconnu";
}

function tick() {
  for (const time of document.querySelectorAll("time[data-age]")) {
    const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
    const words = age(seconds);
    if (time.textContent !== words) time.textContent = words;
    const limit = Number(time.dataset.limit || 0);
    const tile = time.closest("[data-live]");
    if (tile && limit && seconds > limit && !tile.classList.contains("mute")) silence(tile);
  }
}

function copyable() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      say("Copié.");
      button.classList.add("done");
      setTimeout(() => button.classList.remove("done"), 1500);
    });
  }
}

function verifiable() {
  const button = document.querySelector("button[data-verify]");
  const verdict = document.getElementById("verdict");
  if (!button || !verdict || !window.crypto?.subtle) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const answer = await fetch(button.dataset.verify);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()));
    const hex = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const same = answer.ok && hex === button.dataset.digest;
    verdict.hidden = false;
    verdict.textContent = same
      ? "Le fichier reçu a bien l’empreinte que la preuve annonce. La commande ci-dessous vérifie aussi les signatures et le journal."
      : "Le fichier reçu n’a pas l’empreinte annoncée. Ne l’utilisez pas, et prévenez le service.";
    verdict.classList.toggle("alert", !same);
    say(verdict.textContent);
  });
}

// The panel as the server makes it now; the page may be a second behind the event that told of a new state.
async function renewed(id, tries = 5) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return null;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-stream]");
  if (fresh && Number(fresh.dataset.event) < id && tries > 0) {
    await new Promise((then) => setTimeout(then, 700));
    return renewed(id, tries - 1);
  }
  return fresh;
}

// A new state replaces the panel whole; one polite sentence says so, at most every ten seconds.
function live() {
  const panel = document.querySelector("[data-stream]");
  if (!panel || !window.EventSource) return;
  let last = 0;
  const source = new EventSource(panel.dataset.stream);
  source.addEventListener("version", async (event) => {
    if (Number(event.lastEventId) <= Number(panel.dataset.event)) return;
    const fresh = await renewed(Number(event.lastEventId));
    if (!fresh || Number(fresh.dataset.event) <= Number(panel.dataset.event)) return;
    panel.replaceChildren(...fresh.childNodes);
    panel.dataset.event = fresh.dataset.event;
    panel.classList.add("changed");
    setTimeout(() => panel.classList.remove("changed"), 600);
    if (Date.now() - last > 10000) say("L’affichage vient d’être mis à jour.");
    last = Date.now();
    tick();
  });
}

// Escape closes an open menu and gives the focus back to what opened it.
function closable() {
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
}

// On a desk the filters are there without a click, also where the style sheet alone cannot open them.
function spread() {
  const filters = document.querySelector("details.facets");
  if (filters && matchMedia("(min-width: 800px)").matches) filters.open = true;
}

// A link to something that is folded opens it, also where the browser would not.
function unfold() {
  for (let at = document.getElementById(location.hash.slice(1)); at; at = at.parentElement) if (at.matches("details")) at.open = true;
}

addEventListener("hashchange", unfold);
unfold();
spread();
copyable();
verifiable();
live();
closable();
tick();
setInterval(tick, 1000);
