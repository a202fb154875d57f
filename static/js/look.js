// Theme and density change at once (`data-look` on their forms); the server keeps the choice. Language loads the page.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-look]");
  const { name, value } = event.submitter ?? {};
  if (!form || form.dataset.look === "language" || !name) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  document.documentElement.dataset[name] = value;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === value));
  await fetch(form.action, { method: "POST", body, redirect: "manual" });
});
