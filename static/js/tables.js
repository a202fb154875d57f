// Selection in a table: boxes `data-select` with `data-select-all` in the head; Shift takes the rows between.
// `data-selected` (in the selection bar) gets the sentence of its `data-words` ("%d of %m selected"); rows get aria-selected.
let last = null;

function boxes(list) {
  return [...list.querySelectorAll("input[data-select]")];
}

function tell(list) {
  const all = boxes(list);
  const chosen = all.filter((box) => box.checked);
  for (const box of all) {
    if (box.checked) box.closest("tr").setAttribute("aria-selected", "true");
    else box.closest("tr").removeAttribute("aria-selected");
  }
  const head = list.querySelector("input[data-select-all]");
  if (head) {
    head.checked = all.length > 0 && chosen.length === all.length;
    head.indeterminate = chosen.length > 0 && chosen.length < all.length;
  }
  const place = list.querySelector("[data-selected]");
  if (place) {
    const { words, total } = place.dataset;
    place.textContent = words.replace("%d", chosen.length).replace("%m", total || all.length);
  }
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.("input[data-select]");
  const list = event.target.closest?.(".list");
  if (!list) return;
  if (box) {
    const all = boxes(list);
    if (event.shiftKey && last && list.contains(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
      for (const between of all.slice(from, to + 1)) between.checked = box.checked;
    }
    last = box;
    tell(list);
  }
  const head = event.target.closest("input[data-select-all]");
  if (head) {
    for (const each of boxes(list)) each.checked = head.checked;
    tell(list);
  }
  if (event.target.closest("[data-select-none]")) {
    for (const each of boxes(list)) each.checked = false;
    tell(list);
  }
});
document.addEventListener("htmx:afterSettle", () => document.querySelectorAll(".list").forEach(tell));
