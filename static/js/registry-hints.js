// Puts the warnings of the registry checks into the scoring form: beside their indicators
// (`[data-hints-for]`), the others on top. They come by themselves, so that the page need not wait
// for them. Without this script the page links to them.
const place = document.querySelector("[data-hints]");

async function load() {
  const response = await fetch(`${place.dataset.hints}?part=1`, { credentials: "same-origin" });
  // Signed out meanwhile, or a fault: the link to the warnings stays.
  if (!response.ok || response.redirected) return;
  const part = new DOMParser().parseFromString(await response.text(), "text/html");
  const hints = [...part.querySelectorAll(".hint")].map((hint) => document.adoptNode(hint));
  place.replaceChildren();
  for (const hint of hints) {
    const slot = document.querySelector(`[data-hints-for="${hint.dataset.hintFor}"]`);
    (slot ?? place).append(hint);
  }
}

load().catch(() => {
  // Without a network the link stays.
});
