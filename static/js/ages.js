// The age of data turns amber after its limit (`data-age-limit`, minutes), also while the page stays open.
function look() {
  for (const age of document.querySelectorAll("[data-age-limit]")) {
    const minutes = (Date.now() - Date.parse(age.querySelector("time").dateTime)) / 60000;
    age.classList.toggle("age-late", minutes > Number(age.dataset.ageLimit));
  }
}
setInterval(look, 30000);
document.addEventListener("htmx:afterSettle", look);
