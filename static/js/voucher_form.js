// The form of a voucher (`data-voucher`): lines come and go, tax follows from the rate, the sums are always there.
// The server computes the same (lexweb/vouchers/writing/sums.py); amounts are whole cents here.
import { amountText, parseAmount, parseRate, rateText } from "./typed.js";
import { enhance } from "./picker.js";

const formOf = (node) => node.closest?.("form[data-voucher]");
const part = (line, name) => line.querySelector(`[name$="-${name}"]`);
const taxType = (form) => form.querySelector("[name=tax_type]:checked")?.value ?? "gross";

/** Return a/b to the nearest whole number, halves away from zero. */
function rounded(a, b) {
  return Number((a < 0n ? -1n : 1n) * (((a < 0n ? -a : a) * 2n + b) / (b * 2n)));
}

export function taxOf(cents, rate, type) {
  if (type === "vatfree") return 0;
  return rounded(BigInt(cents) * BigInt(rate), type === "gross" ? 10000n + BigInt(rate) : 10000n);
}

function read(form) {
  const type = taxType(form);
  return [...form.querySelectorAll("[data-lines] [data-line]")].map((line) => {
    const amount = parseAmount(part(line, "amount").value) ?? 0;
    const rate = type === "vatfree" ? 0 : parseRate(part(line, "tax_rate").value);
    const typed = type === "vatfree" ? 0 : parseAmount(part(line, "tax_amount").value);
    return { amount, rate, tax: typed ?? (rate === null ? 0 : taxOf(amount, rate, type)) };
  });
}

export function totals(lines, type) {
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  const tax = lines.reduce((sum, line) => sum + line.tax, 0);
  return type === "net" ? { net: amount, tax, gross: amount + tax } : { net: amount - tax, tax, gross: amount };
}

function money(place, cents) {
  const [text, sign] = [document.createElement("span"), document.createElement("span")];
  text.className = "money";
  sign.className = "currency";
  sign.textContent = "\u00a0€";
  text.append(`${cents < 0 ? "\u2212" : ""}${amountText(Math.abs(cents))}`, sign);
  place.replaceChildren(text);
}

function show(form) {
  const place = form.querySelector("[data-sums]");
  if (!place) return;
  const lines = read(form);
  const sums = totals(lines, taxType(form));
  for (const name of ["net", "gross"]) money(place.querySelector(`[data-sum=${name}]`), sums[name]);
  const byRate = new Map();
  for (const { rate, tax } of lines) if (rate !== null) byRate.set(rate, (byRate.get(rate) ?? 0) + tax);
  for (const old of place.querySelectorAll("[data-sum-rate]")) old.remove();
  const total = place.querySelector(".sum-total");
  for (const [rate, tax] of [...byRate].sort(([a], [b]) => b - a)) {
    const row = document.createElement("div");
    row.dataset.sumRate = "";
    row.append(document.createElement("dt"), document.createElement("dd"));
    row.firstChild.textContent = `${place.dataset.rateLabel} ${rateText(rate)} %`;
    money(row.lastChild, tax);
    total.before(row);
  }
  for (const remark of place.querySelectorAll("[data-expected]")) {
    const difference = sums.gross - Math.round(Number(remark.dataset.expected) * 100);
    remark.hidden = difference === 0;
    money(remark.querySelector("[data-difference]"), difference);
  }
}

/** Amount, rate or kind of amounts changed: the tax follows. */
function follow(line, type) {
  const [amount, rate] = [parseAmount(part(line, "amount").value), parseRate(part(line, "tax_rate").value)];
  if (amount !== null && rate !== null && type !== "vatfree") part(line, "tax_amount").value = amountText(taxOf(amount, rate, type));
}

function addLine(form) {
  const lines = form.querySelector("[data-lines]");
  const used = [...lines.querySelectorAll("[name$='-amount']")].map((field) => Number(field.name.split("-")[1]));
  const html = form.querySelector("[data-line-template]").innerHTML.replaceAll("99999", String(Math.max(-1, ...used) + 1));
  lines.insertAdjacentHTML("beforeend", html);
  const line = lines.lastElementChild;
  const before = line.previousElementSibling;
  if (before) part(line, "tax_rate").value = part(before, "tax_rate").value;
  enhance(line);
  part(line, "amount").focus();
  changed(form);
}

function dropLine(line) {
  const form = formOf(line);
  const next = line.nextElementSibling ?? line.previousElementSibling;
  line.remove();
  if (next) part(next, "amount").focus();
  changed(form);
}

function changed(form) {
  show(form);
  form.dispatchEvent(new Event("change", { bubbles: true })); // forms.js: what is unsaved
}

document.addEventListener("input", (event) => {
  const form = formOf(event.target);
  if (!form || !event.target.name) return;
  const line = event.target.closest("[data-line]");
  if (line && /-(amount|tax_rate)$/.test(event.target.name)) follow(line, taxType(form));
  if (event.target.name === "tax_type") for (const each of form.querySelectorAll("[data-lines] [data-line]")) follow(each, taxType(form));
  show(form);
});

document.addEventListener("change", (event) => {
  const form = formOf(event.target);
  if (event.target.name !== "contact_id" || !form) return;
  if (event.target.value && form.elements.collective) form.elements.collective.checked = false;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-add-line], [data-drop-line]");
  const form = button && formOf(button);
  if (!form) return;
  event.preventDefault();
  if (button.matches("[data-add-line]")) addLine(form);
  else dropLine(button.closest("[data-line]"));
});

// Strg+Umschalt+Enter: save and book, where that is offered.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Enter" || !event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    const form = formOf(event.target) ?? document.querySelector("form[data-voucher]");
    const button = form?.querySelector("[data-book]");
    if (!button || document.querySelector("dialog:modal")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    button.click(); // htmx sends the name of a button that was clicked, not of one that was named
  },
  true,
);

// A contact made in the dialog goes into the field.
document.addEventListener("contact:created", (event) => {
  const select = document.querySelector("form[data-voucher] [name=contact_id]");
  if (!select) return;
  select.picker.put(event.detail.id, event.detail.name);
  setTimeout(() => select.picker.input.focus()); // after the dialog has given the focus back
});

// A file that is dropped on the form is taken as the image.
document.addEventListener("dragover", (event) => {
  const field = formOf(event.target)?.querySelector("[data-drop]");
  if (!field || !event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  field.classList.add("dragged-over");
});
for (const name of ["dragleave", "drop"]) {
  document.addEventListener(name, (event) => formOf(event.target)?.querySelector("[data-drop]")?.classList.remove("dragged-over"));
}
document.addEventListener("drop", (event) => {
  const field = formOf(event.target)?.querySelector("[data-drop]");
  if (!field || !event.dataTransfer?.files.length) return;
  event.preventDefault();
  const files = new DataTransfer();
  files.items.add(event.dataTransfer.files[0]);
  field.files = files.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
