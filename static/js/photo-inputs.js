// Shows how many photographs were chosen (`[data-photo-input]`) in the page's own words, which
// stand in `data-chosen` of the form. Without this script the browser says it in its words.
for (const label of document.querySelectorAll("[data-photo-input]")) {
  const input = label.querySelector("input");
  const text = label.querySelector("span");
  const idle = text.textContent;
  label.classList.add("counted");
  input.addEventListener("change", () => {
    const count = input.files.length;
    label.classList.toggle("chosen", count > 0);
    text.textContent = count ? input.form.dataset.chosen.replace("0", count) : idle;
  });
}
