// Marks the tab (`[data-tab]`) of the section that is being read, leads on to the next one
// (`[data-next-section]`), and tells the form where on the page it was sent from, so that one comes
// back there. Without this script the tabs are plain links.
const tabs = [...document.querySelectorAll("[data-tab]")];
const sections = tabs.map((tab) => document.getElementById(tab.dataset.tab)).filter(Boolean);
const form = document.querySelector("form[data-scoring]");
const next = document.querySelector("[data-next-section]");
const submit = document.querySelector("[data-submit]");
// Below the bar and the tabs; the same as scroll-margin-top of what the tabs lead to.
const EDGE = 160;

function current() {
  const passed = sections.filter((section) => section.getBoundingClientRect().top <= EDGE);
  const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  return atEnd ? sections.at(-1) : (passed.at(-1) ?? sections[0]);
}

let shown = null;

function mark() {
  const section = current();
  if (!section || section === shown) return;
  shown = section;
  for (const tab of tabs) {
    if (tab.dataset.tab === section.id) {
      tab.setAttribute("aria-current", "true");
      const bar = tab.parentElement;
      bar.scrollTo({ left: tab.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2 });
    } else {
      tab.removeAttribute("aria-current");
    }
  }
  if (next) {
    const isLast = section === sections.at(-1);
    next.hidden = isLast;
    submit.hidden = !isLast;
  }
}

next?.addEventListener("click", () => {
  sections[sections.indexOf(current()) + 1]?.scrollIntoView();
});

form?.addEventListener("submit", () => {
  const cards = [...form.querySelectorAll("[data-indicator], [data-section]")];
  const above = cards.filter((card) => card.getBoundingClientRect().top <= EDGE);
  form.elements.anchor.value = above.at(-1)?.id ?? "";
});

addEventListener("scroll", mark, { passive: true });
addEventListener("resize", mark, { passive: true });
mark();
