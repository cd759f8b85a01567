// Keeps the counts of a scoring form (`form[data-scoring]`) up to date while it is filled in:
// per section, in the tabs, in the foot, and the list of what is missing. Without this script
// they are as of the last save.
const form = document.querySelector("form[data-scoring]");

function isDone(card) {
  const chosen = card.querySelector("input[type=radio]:checked");
  if (!chosen || chosen.value === "") return false;
  return !("below" in chosen.dataset) || card.querySelector("textarea").value.trim() !== "";
}

function show(element, text) {
  if (element) element.textContent = text;
}

function countSection(section) {
  const cards = [...section.querySelectorAll("[data-indicator]")];
  if (cards.length === 0) return { done: 0, missing: [] };
  const missing = cards.filter((card) => !isDone(card));
  const done = cards.length - missing.length;
  show(section.querySelector("[data-section-done]"), done);
  const tab = document.querySelector(`[data-tab="${section.id}"]`);
  if (tab) {
    show(tab.querySelector("[data-tab-done]"), done);
    tab.classList.toggle("done", missing.length === 0);
  }
  return { done, missing };
}

function count() {
  const counted = [...form.querySelectorAll("[data-section]")].map(countSection);
  const missing = counted.flatMap((section) => section.missing);
  show(form.querySelector("[data-done]"), counted.reduce((sum, one) => sum + one.done, 0));
  show(form.querySelector("[data-missing-count]"), missing.length);
  const ids = new Set(missing.map((card) => card.id));
  for (const link of form.querySelectorAll("[data-missing-for]")) {
    link.hidden = !ids.has(`i-${link.dataset.missingFor}`);
  }
  for (const block of form.querySelectorAll("[data-missing-section]")) {
    block.hidden = block.querySelector("[data-missing-for]:not([hidden])") === null;
  }
  form.querySelector("[data-all-done]").hidden = missing.length > 0;
}

form.addEventListener("input", count);
// What the browser filled in by itself when the page was gone back to.
count();
