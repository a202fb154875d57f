// Forms with `data-passkey`: login (options by GET from the form's action), get, create (options in #js_data).
// The browser asks for the key, its answer goes into the field `credential`, and the form is sent.
// `data-passkey-trouble` holds the sentences for what can go wrong (`data-why`).
async function options(form) {
  if (form.dataset.passkey !== "login") return JSON.parse(document.getElementById("js_data").textContent);
  const response = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new DOMException("", "NetworkError");
  return response.json();
}

function creation(data, form) {
  const box = form.elements.passwordless;
  const wanted = data.creation_options;
  if (!box) return wanted;
  const select = (wanted.publicKey.authenticatorSelection ??= {});
  select.residentKey = box.checked ? "required" : "discouraged";
  select.requireResidentKey = box.checked;
  if (box.checked) select.userVerification = "required";
  return wanted;
}

function why(error) {
  if (error.name === "InvalidStateError") return "known";
  if (error.name === "NotAllowedError" || error.name === "AbortError") return "cancelled";
  if (error.name === "NetworkError" || error.message === "Failed to fetch") return "server";
  return "unsupported";
}

function tell(form, reason) {
  for (const line of form.querySelectorAll("[data-why]")) line.hidden = line.dataset.why !== reason;
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-passkey]");
  if (!form) return;
  event.preventDefault();
  const button = event.submitter;
  tell(form, "");
  setTimeout(() => button?.setAttribute("aria-busy", "true"));
  try {
    const data = await options(form);
    const answer =
      form.dataset.passkey === "create"
        ? await window.webauthnJSON.create(creation(data, form))
        : await window.webauthnJSON.get(data.request_options);
    form.elements.credential.value = JSON.stringify(answer);
    form.submit();
  } catch (error) {
    tell(form, why(error));
    setTimeout(() => button?.removeAttribute("aria-busy"));
  }
});
