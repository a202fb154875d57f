// Runs before the first paint: pages with a script look different from pages without, and the rail keeps its width.
document.documentElement.classList.add("js");
try {
  const rail = localStorage.getItem("lexweb.rail");
  if (rail === "icons") document.documentElement.dataset.rail = rail;
} catch {
  // storage is switched off: the rail stays wide
}
// Keys pressed before keys.js runs are not lost: it takes them over from here.
const early = (window.lexwebEarlyKeys = []);
early.listen = (event) => early.push(event);
document.addEventListener("keydown", early.listen);
