// Keys. An element with `data-keys="g k"` is pressed by typing them; `/` goes to `data-search`; j and k walk the rows,
// Enter opens, x selects, a presses what has `data-row-key="a"` in the row; `?` shows the list. Off while typing, in dialogs, and when switched off (`data-keys-off`).
// Where several have the same key, the one in the part with the focus is meant (`data-keys-of`), else the first.
const STORE = "lexweb.keys";
const help = document.getElementById("keys");
let typed = "";
let timer;

function off() {
  try {
    return localStorage.getItem(STORE) === "off";
  } catch {
    return false;
  }
}

function rows() {
  return [...document.querySelectorAll("a.row-link")].filter((link) => link.offsetParent);
}

function walk(step) {
  const all = rows();
  const at = all.findIndex((link) => link.closest("tr, li") === document.activeElement.closest("tr, li"));
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

const ACTIONS = {
  j: () => walk(1),
  k: () => walk(-1),
  x: () => document.activeElement.closest("tr")?.querySelector("input[data-select]")?.click(),
  X: () => document.activeElement.closest("tr")?.querySelector("input[data-select]")?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: true })),
  a: () => document.activeElement.closest("tr")?.querySelector("[data-row-key='a']")?.click(),
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => help?.showModal(),
};

function pressed(event) {
  const { target, key } = event;
  const held = event.ctrlKey || event.metaKey || event.altKey;
  if ((held && !event.getModifierState("AltGraph")) || key.length > 1 || event.defaultPrevented) return; // AltGr: [ and ]
  if (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select")) return;
  if (document.querySelector("dialog:modal") || off()) return;
  clearTimeout(timer);
  timer = setTimeout(() => (typed = ""), 900);
  typed = `${typed} ${key}`.trim();
  const goals = [...document.querySelectorAll(`[data-keys="${CSS.escape(typed).replaceAll("\\ ", " ")}"]`)];
  const goal = goals.find((e) => e.closest("[data-keys-of]")?.matches(":focus-within")) ?? goals[0];
  const begins = [...document.querySelectorAll("[data-keys]")].some((e) => e.dataset.keys.startsWith(`${typed} `));
  if (goal) {
    event.preventDefault();
    goal.click();
  } else if (!begins && typed === key && ACTIONS[key]) {
    event.preventDefault();
    ACTIONS[key]();
  }
  if (goal || !begins) typed = "";
}

const early = window.lexwebEarlyKeys;
document.removeEventListener("keydown", early.listen);
early.splice(0).forEach(pressed);
document.addEventListener("keydown", pressed);

for (const box of document.querySelectorAll("[data-keys-off]")) {
  box.checked = off();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(STORE, box.checked ? "off" : "on");
    } catch {
      // storage is switched off: the keys stay on
    }
  });
}
