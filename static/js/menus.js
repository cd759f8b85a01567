// Closes the open menus of the top bar (`<details data-menu>`) on Escape and on a click elsewhere.
// Without this script a second click on the menu's name closes it.
const menus = document.querySelectorAll("details[data-menu]");

document.addEventListener("click", (event) => {
  for (const menu of menus) {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (!menu.open) continue;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
