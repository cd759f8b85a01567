// In the form of a finding, offers the categories of the chosen kind only, and asks for severity
// and the like only where it is a problem. Without this script everything is offered and the
// server says what does not go together.
const form = document.querySelector("form[data-finding-form]");
const groups = [...form.elements.category.querySelectorAll("optgroup")];
const ofProblems = ["severity", "responsible_party", "due_on"];

function adapt() {
  const chosen = form.querySelector("input[name=kind]:checked");
  const label = chosen?.labels[0].textContent.trim();
  for (const group of groups) {
    const fits = !chosen || group.label === label;
    group.hidden = !fits;
    group.disabled = !fits;
    if (!fits && group.contains(form.elements.category.selectedOptions[0])) {
      form.elements.category.value = "";
    }
  }
  for (const name of ofProblems) {
    document.getElementById(`div_id_${name}`).hidden = chosen !== null && chosen.value !== "problem";
  }
}

for (const radio of form.elements.kind) radio.addEventListener("change", adapt);
adapt();
