// Toasts: copies of the templates in ui/toasts.html. Event `toasts` (HX-Trigger) brings [{text, level}].
// Six seconds, or as long as `data-toast-time` says, held while the pointer or the focus is on it; errors stay. Failed requests say what it means.
const KINDS = { success: "ok", warning: "warn", error: "danger", debug: "info", info: "info" };
const TIME = 6000;
const box = document.getElementById("toasts");

function leave(toast) {
  let timer;
  const start = () => (timer = setTimeout(() => toast.remove(), Number(toast.dataset.toastTime) || TIME));
  const hold = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusout", start);
  start();
}

function show(text, level) {
  const kind = KINDS[level] ?? "info";
  const twin = [...box.children].find((other) => other.querySelector("[data-toast-text]").textContent === text);
  twin?.remove();
  const toast = document.getElementById(`toast-${kind}`).content.firstElementChild.cloneNode(true);
  toast.querySelector("[data-toast-text]").textContent = text;
  box.append(toast);
  if (kind !== "danger") leave(toast);
  raise();
}

/** A modal dialog lies above everything: lift the toasts into the top layer while one is open. */
function raise() {
  const modal = document.querySelector("dialog:modal");
  if (!modal || !box.showPopover) return;
  box.popover = "manual";
  if (box.matches(":popover-open")) box.hidePopover();
  box.showPopover();
  modal.addEventListener("close", () => box.removeAttribute("popover"), { once: true });
}

if (box) {
  for (const toast of box.querySelectorAll("[data-toast]:not([data-toast='danger'])")) leave(toast);
  box.addEventListener("click", (event) => {
    if (event.target.closest("[data-toast-close]")) event.target.closest("[data-toast]").remove();
  });
  const words = document.body.dataset;
  document.body.addEventListener("toasts", (event) => {
    for (const { text, level } of event.detail.value ?? []) show(text, level);
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    if ((xhr.getResponseHeader("HX-Trigger") ?? "").includes('"toasts"')) return;
    show(xhr.status === 403 ? words.forbidden : words.failed, "error");
  });
  document.body.addEventListener("htmx:sendError", ({ detail }) => {
    show(detail.requestConfig.verb === "get" ? words.unreachable : words.offline, "error");
  });
  document.body.addEventListener("htmx:timeout", () => show(words.timeout, "error"));
  document.body.addEventListener("toast", (event) => show(event.detail.text, event.detail.level));
}
