// Rail and menus. `data-rail-toggle` narrows the rail; <details data-menu> closes on Esc, on a click outside, and when
// another one opens; arrow keys walk through `.menu-item`. `data-switcher`: the field has the focus when it opens.
const root = document.documentElement;

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-rail-toggle]")) {
    const icons = root.dataset.rail !== "icons";
    if (icons) root.dataset.rail = "icons";
    else delete root.dataset.rail;
    try {
      localStorage.setItem("lexweb.rail", icons ? "icons" : "wide");
    } catch {
      // storage is switched off: this page only
    }
  }
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (!(menu instanceof HTMLDetailsElement) || !menu.matches("[data-menu]") || !menu.open) return;
    for (const other of document.querySelectorAll("details[data-menu][open]")) if (other !== menu) other.open = false;
    if (menu.matches("[data-switcher]")) menu.querySelector("input")?.select();
  },
  true,
);

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details[data-menu][open]");
  if (!menu) return;
  if (event.key === "Escape") {
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const items = [...menu.querySelectorAll("a.menu-item, button.menu-item")].filter((item) => item.offsetParent);
  if (event.key === "Enter" && event.target.matches("input[type=search]")) {
    event.preventDefault();
    menu.querySelector("#options a")?.click();
  }
  if (!step || !items.length) return;
  event.preventDefault();
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length].focus();
});
