// `data-copy` copies the text of `data-copy-value` beside it, and says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = button.parentElement.querySelector("[data-copy-value]").textContent.trim();
  await navigator.clipboard.writeText(text);
  const detail = { text: document.body.dataset.copied, level: "success" };
  document.body.dispatchEvent(new CustomEvent("toast", { detail }));
});
