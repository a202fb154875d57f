// `#dialog` opens when htmx fills it and closes on the event `dialog:close`, on `data-dialog-close`, on Esc, or on a
// click beside it. With unsaved text the first Esc says so, the second one discards it.
const dialog = document.getElementById("dialog");

function dirty() {
  return [...dialog.querySelectorAll("input:not([type=hidden]), textarea, select")].some((e) =>
    e.type === "checkbox" || e.type === "radio"
      ? e.checked !== e.defaultChecked
      : e.options
        ? [...e.options].some((o) => o.selected !== o.defaultSelected && e.selectedIndex > 0)
        : e.value !== e.defaultValue,
  );
}

function mayClose() {
  if (!dirty() || dialog.querySelector("[data-dialog-warning]")) return true;
  const note = document.createElement("span");
  note.className = "dialog-warning";
  note.dataset.dialogWarning = "";
  note.setAttribute("role", "alert");
  note.textContent = document.body.dataset.discard;
  (dialog.querySelector(".dialog-foot") ?? dialog.querySelector(".dialog-body")).prepend(note);
  return false;
}

if (dialog) {
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== dialog || !dialog.innerHTML.trim() || dialog.open) return;
    dialog.showModal();
    (dialog.querySelector("[autofocus], [aria-invalid='true']") ?? dialog.querySelector(".dialog-body :is(input:not([type=hidden]), select, textarea)"))?.focus();
  });
  document.body.addEventListener("dialog:close", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-dialog-close]")) {
      event.preventDefault();
      dialog.close();
    } else if (event.target === dialog && mayClose()) dialog.close();
  });
  dialog.addEventListener("cancel", (event) => {
    if (!mayClose()) event.preventDefault();
  });
  dialog.addEventListener("close", () => (dialog.innerHTML = ""));
  dialog.addEventListener("input", () => dialog.querySelector("[data-dialog-warning]")?.remove());
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-open]")) document.getElementById("keys")?.showModal();
  if (event.target.id === "keys") event.target.close();
});
