// Demo only: `data-fill` writes `data-value` into a field, and the demo password beside it; then Enter is enough.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  if (!button) return;
  const field = document.querySelector(button.dataset.fill);
  const password = field.form.elements.password;
  field.value = button.dataset.value;
  const known = document.querySelector("[data-demo-password]")?.textContent;
  if (known) password.value = known;
  (known ? field.form.querySelector("button") : password).focus();
});
