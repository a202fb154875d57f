// Forms. `data-guard` on a form: knows what is unsaved (`data-unsaved` shows it), asks before leaving, Ctrl+Enter saves.
// Every POST form: a second click does nothing, the button that was pressed shows that it works; for two seconds if
// what comes back is a file (`data-download`), as the page stays then.
// After a refusal the focus goes to the first wrong field.
const guarded = (node) => node.closest?.("form[data-guard]");
const start = new WeakMap(); // form → values as they came
const controls = (form) => [...form.elements].filter((e) => e.name && e.type !== "hidden" && e.type !== "submit");
const valueOf = (e) => (e.type === "checkbox" || e.type === "radio" ? e.checked : e.value);

function remember(root) {
  for (const form of root.querySelectorAll("form[method=post]")) form.noValidate = true; // errors come in our words
  for (const form of root.querySelectorAll("form[data-guard]")) {
    if (start.has(form)) continue;
    start.set(form, new Map(controls(form).map((e) => [e, valueOf(e)])));
    tell(form);
  }
}

function labelOf(control) {
  const label = control.closest("fieldset.field")?.querySelector("legend") ?? control.labels?.[0] ?? control.closest(".field")?.querySelector("label");
  return label ? label.firstChild.textContent.trim() || label.textContent.trim() : control.name;
}

function tell(form) {
  const before = start.get(form) ?? new Map();
  const changed = controls(form).filter((e) => (before.has(e) ? valueOf(e) !== before.get(e) : valueOf(e)));
  const refused = form.querySelector("[data-form-errors]") !== null;
  const kept = form.hasAttribute("data-kept"); // the server sent back what was typed, unsaved
  form.toggleAttribute("data-dirty", changed.length > 0 || refused || kept);
  const place = form.querySelector("[data-unsaved]");
  if (!place) return;
  const names = [...new Set(changed.map(labelOf))];
  const more = names.length > 3 ? ` ${place.dataset.more.replace("%d", names.length - 2)}` : "";
  const shown = names.slice(0, more ? 2 : 3).join(", ");
  place.textContent = names.length ? `${place.dataset.changed} ${shown}${more}` : refused || kept ? place.dataset.refused : place.dataset.clean;
}

function firstWrong(root) {
  const wrong = root.querySelector("form:not([data-sample]) [aria-invalid='true']") ?? root.querySelector("form:not([data-sample]) [data-form-errors] a[href]");
  wrong?.focus();
  wrong?.scrollIntoView({ block: "nearest" }); // focus() alone does not scroll to what had the focus already
}

document.addEventListener("input", (event) => guarded(event.target) && tell(guarded(event.target)));
document.addEventListener("change", (event) => guarded(event.target) && tell(guarded(event.target)));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.("form") ?? document.querySelector("form:has([data-save])");
  if (!form || form.method !== "post") return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("[data-save]") ?? undefined);
});

// Capture: before htmx hears of it.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sending) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sending = "yes";
    if (form.hasAttribute("data-download")) setTimeout(() => calm(form), 2000); // the page stays
    (event.submitter ?? form.querySelector("[data-save]"))?.setAttribute("aria-busy", "true");
    setTimeout(() => event.defaultPrevented && !form.hasAttribute("hx-post") && calm(form));
  },
  true,
);

function calm(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt?.closest?.("form");
  if (form && !event.detail.xhr?.getResponseHeader("HX-Redirect")) calm(form);
});
document.addEventListener("htmx:afterSettle", (event) => {
  remember(document);
  firstWrong(event.detail.elt ?? document);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(calm));
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-guard][data-dirty]:not([data-sending])")) event.preventDefault();
});

remember(document);
firstWrong(document);
