// Before a form (`form[data-check]`, the address to ask) is sent, asks whether the server can be
// reached and still knows the person: otherwise the page stays as it is and says so, and nothing
// that was entered is lost. Without this script the browser's way back does as well as it can.
const form = document.querySelector("form[data-check]");
const notice = form.querySelector("[data-check-notice]");
let isChecked = false;

async function problem() {
  try {
    const response = await fetch(form.dataset.check, { method: "HEAD", redirect: "manual" });
    return response.type === "opaqueredirect" ? notice.dataset.signedOut : "";
  } catch {
    return notice.dataset.offline;
  }
}

form.addEventListener("submit", async (event) => {
  if (isChecked) return;
  event.preventDefault();
  const text = await problem();
  notice.textContent = text;
  notice.hidden = text === "";
  if (text) return;
  isChecked = true;
  form.requestSubmit(event.submitter);
});
// Back from where it led: the next time is another time.
addEventListener("pageshow", () => {
  isChecked = false;
});
