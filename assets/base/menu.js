// Menus opened by a button: a button with aria-haspopup="menu" and aria-controls opens the [role=menu] of that id, which
// starts hidden. Arrows, Home, End, a first letter, Escape and Tab do what they do in every menu. Knows not what items do.
const menuOf = (button) => document.getElementById(button.getAttribute("aria-controls"));
const buttonOf = (menu) => document.querySelector(`[aria-haspopup=menu][aria-controls="${menu.id}"]`);
const itemsOf = (menu) => [...menu.querySelectorAll("[role^=menuitem]")];

function open(button, place = 0) {
  closeAll();
  const menu = menuOf(button);
  menu.hidden = false;
  button.setAttribute("aria-expanded", "true");
  itemsOf(menu).at(place)?.focus();
}

function close(menu) {
  const button = buttonOf(menu);
  if (menu.contains(document.activeElement)) button.focus();
  menu.hidden = true;
  button.setAttribute("aria-expanded", "false");
}

function closeAll() {
  for (const button of document.querySelectorAll("[aria-haspopup=menu][aria-expanded=true]")) close(menuOf(button));
}

function within(menu, event) {
  const items = itemsOf(menu);
  const here = items.indexOf(document.activeElement);
  const letter = (item) => item.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase());
  if (event.key === "ArrowDown") items[(here + 1) % items.length].focus();
  else if (event.key === "ArrowUp") items.at(here - 1).focus();
  else if (event.key === "Home") items[0].focus();
  else if (event.key === "End") items.at(-1).focus();
  else if (event.key === "Escape") close(menu);
  else if (event.key === "Tab") return closeAll();
  else if (/^[a-z]$/i.test(event.key)) [...items.slice(here + 1), ...items].find(letter)?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[aria-haspopup=menu][aria-controls]");
  if (button) button.getAttribute("aria-expanded") === "true" ? closeAll() : open(button);
  else if (target.closest("[role=menuitem]") || !target.closest("[role=menu]")) closeAll();
});
document.addEventListener(
  "keydown",
  (event) => {
    const menu = event.target.closest?.("[role=menu]");
    const button = event.target.closest?.("[aria-haspopup=menu][aria-controls]");
    if (menu && buttonOf(menu)) within(menu, event);
    else if (button && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      event.stopPropagation();
      open(button, event.key === "ArrowUp" ? -1 : 0);
    }
  },
  true,
);
