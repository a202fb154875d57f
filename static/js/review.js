// The review queue. Beside a receipt the list keeps its place while the panes are swapped, the focus goes to the first
// open field, `e` saves, Esc leaves a field so that keys work again; unsaved text is not lost without a question.
// `data-narrow="#list"` on a search field hides the entries of that list that do not fit.
const desk = () => document.getElementById("desk");
const rows = () => desk()?.querySelector("[data-keeps-place]");
const narrow = matchMedia("(width < 700px)");
let anchors = [];

/** Where the rows stand that can be seen, to put one of them back to the same place. */
function remember() {
  const list = rows();
  if (!list) return;
  const top = list.getBoundingClientRect().top;
  anchors = [...list.querySelectorAll("a")].map((row) => [row.id, row.getBoundingClientRect().top - top]);
  anchors = anchors.filter(([, at]) => at >= 0 && at < list.clientHeight);
}

function restore() {
  const list = rows();
  if (!list) return;
  const kept = anchors.find(([id]) => document.getElementById(id));
  if (kept) list.scrollTop = document.getElementById(kept[0]).offsetTop - list.offsetTop - kept[1];
  show(list);
}

/** The current row, and a few after it. */
function show(list) {
  const row = list.querySelector("[aria-current]");
  if (!row) return;
  const at = row.offsetTop - list.offsetTop;
  const room = list.clientHeight - 3 * row.offsetHeight;
  if (at < list.scrollTop || at > list.scrollTop + room) list.scrollTop = at - list.clientHeight / 3;
}

const saving = () => desk()?.querySelector(".desk-form [data-save]")?.setAttribute("data-keys", "e");

/** On a phone nothing has the focus at first: its keyboard would hide the receipt, and the page would not begin at its top. */
function restful() {
  if (!document.activeElement?.matches(".desk-body :is(input, select, textarea)")) return;
  document.activeElement.blur();
  scrollTo(0, 0);
}

function begin() {
  if (!desk()) return;
  if (narrow.matches) return restful();
  const chosen = desk().querySelector(".desk-body [autofocus]");
  const fields = [...desk().querySelectorAll(".desk-body :is(input, select, textarea):not([type=hidden], [type=checkbox], [type=radio], [type=file], [readonly], :disabled)")];
  const seen = fields.filter((field) => field.offsetParent);
  (chosen ?? seen.find((field) => !field.value) ?? seen[0] ?? document.getElementById("desk-title"))?.focus({ preventScroll: true });
}

document.addEventListener("htmx:beforeSwap", remember);
document.addEventListener("htmx:afterSettle", (event) => {
  saving();
  if (event.detail.elt?.id !== "desk" && event.detail.target?.id !== "desk") return;
  restore();
  begin();
});

document.addEventListener("htmx:confirm", (event) => {
  const { elt } = event.detail;
  if (!elt.closest("#desk") || elt.closest("form") || elt.getAttribute("hx-target") !== "#desk") return;
  if (!desk().querySelector("form[data-guard][data-dirty]") || confirm(document.body.dataset.leave)) return;
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog:modal")) return;
  if (event.target.closest?.("#desk .desk-body") && !event.target.closest("[aria-expanded=true], details[open]")) event.target.blur();
});

document.addEventListener("input", (event) => {
  const list = event.target.dataset?.narrow && document.querySelector(event.target.dataset.narrow);
  if (!list) return;
  const typed = event.target.value.trim().toLowerCase();
  for (const entry of list.children) entry.hidden = !entry.textContent.toLowerCase().includes(typed);
});

if (rows()) show(rows());
saving();
begin();
