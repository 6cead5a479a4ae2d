// What a page gains with a script: ages that count, live states that arrive, lines that can be copied. Without it all is there.
const WORDS = { seconds: "il y a {n} s", minutes: "il y a {n} min", hours: "il y a {n} h", days: "il y a {n} j" };

function age(seconds) {
  if (seconds < 90) return WORDS.seconds.replace("{n}", Math.max(0, Math.round(seconds)));
  if (seconds < 5400) return WORDS.minutes.replace("{n}", Math.round(seconds / 60));
  if (seconds < 129600) return WORDS.hours.replace("{n}", Math.round(seconds / 3600));
  return WORDS.days.replace("{n}", Math.round(seconds / 86400));
}

function tick() {
  for (const time of document.querySelectorAll("time[data-age]")) {
    const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
    time.textContent = age(seconds);
    const limit = Number(time.dataset.limit || 0);
    const tile = time.closest("[data-live]");
    if (tile && limit && seconds > limit) tile.classList.add("mute");
  }
}

function copyable() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const target = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText(target.textContent.trim());
      const said = document.getElementById("said");
      if (said) said.textContent = "Copié.";
    });
  }
}

// A new state replaces the panel whole; one polite sentence says so, at most every ten seconds.
function live() {
  const panel = document.querySelector("[data-stream]");
  if (!panel || !window.EventSource) return;
  let last = 0;
  const source = new EventSource(panel.dataset.stream);
  source.addEventListener("version", async (event) => {
    if (event.lastEventId === panel.dataset.event) return;
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-stream]");
    if (!fresh) return;
    panel.replaceChildren(...fresh.childNodes);
    panel.dataset.event = event.lastEventId;
    panel.classList.add("changed");
    setTimeout(() => panel.classList.remove("changed"), 600);
    const said = document.getElementById("said");
    if (said && Date.now() - last > 10000) said.textContent = "L'affichage vient d'être mis à jour.";
    last = Date.now();
    tick();
  });
}

copyable();
live();
tick();
setInterval(tick, 1000);
