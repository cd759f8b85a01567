// Asks before a page is left whose form (`form[data-guard]`) has changes that were not sent, and
// says so where the page shows when it was last saved (`[data-save-state]`).
const form = document.querySelector("form[data-guard]");
const state = document.querySelector("[data-save-state]");
// A form that came back with messages holds what was not saved.
let isDirty = "dirty" in form.dataset;

function show() {
  if (!isDirty || !state) return;
  state.textContent = state.dataset.unsaved;
  state.classList.remove("ok", "none");
}

form.addEventListener("input", () => {
  isDirty = true;
  show();
});
form.addEventListener("submit", (event) => {
  // Another script may have held it back.
  if (!event.defaultPrevented) isDirty = false;
});
addEventListener("beforeunload", (event) => {
  if (isDirty) event.preventDefault();
});
show();
