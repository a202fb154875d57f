// Pages of files (templates/files/viewer.html): zoom, fit, rotate, pages, tabs, full screen. A page is shown small first,
// as it is here at once, and sharper when it is drawn wider than that. Nothing is kept: the next file begins anew.
const STEPS = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3, 4];
const views = new WeakMap();

class View {
  zoom = 1;

  constructor(root) {
    this.root = root;
    this.stage = root.querySelector("[data-viewer-stage]");
    this.seen = new IntersectionObserver((entries) => this.#met(entries), { rootMargin: "-40% 0px -40% 0px" });
    this.stage.addEventListener("wheel", (event) => this.#wheeled(event), { passive: false });
    this.stage.addEventListener("pointerdown", (event) => this.#drag(event));
    new ResizeObserver(() => this.sharpen()).observe(this.stage);
    const full = root.querySelector('[data-viewer-do="full"]');
    if (full && !document.fullscreenEnabled) full.hidden = true;
    this.choose(this.files[0]);
  }

  get files() {
    return [...this.stage.querySelectorAll("[data-viewer-file]")];
  }

  get pages() {
    return [...(this.file?.querySelectorAll("[data-viewer-page]") ?? [])];
  }

  // Show one of the files; also when its pages came later.
  choose(file) {
    if (!file) return;
    this.file = file;
    for (const each of this.files) each.hidden = each !== file;
    for (const tab of this.root.querySelectorAll("[data-viewer-tab]")) {
      if (tab.hash === `#${file.id}`) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
    const original = this.root.querySelector("[data-viewer-original]");
    if (original) original.href = file.dataset.original;
    this.seen.disconnect();
    for (const page of this.pages) {
      this.seen.observe(page);
      this.#watch(page.querySelector("img"));
    }
    this.root.classList.toggle("viewer-one", this.pages.length < 2);
    this.#say("of", this.pages.length || 1);
    this.#at(this.pages[0]);
  }

  previous() {
    this.#go(-1);
  }

  next() {
    this.#go(1);
  }

  smaller() {
    this.scale(STEPS.findLast((step) => step < this.zoom - 0.01) ?? STEPS[0]);
  }

  larger() {
    this.scale(STEPS.find((step) => step > this.zoom + 0.01) ?? STEPS.at(-1));
  }

  // The width fills the stage, or the whole page does; each is the other's opposite.
  fit() {
    this.scale(Math.abs(this.zoom - 1) > 0.01 ? 1 : this.#whole());
  }

  turn() {
    const turned = (Number(this.file.dataset.turned ?? 0) + 90) % 360;
    for (const page of this.pages) page.style.setProperty("--ratio", this.#ratio(page));
    if (turned) this.file.dataset.turned = turned;
    else delete this.file.dataset.turned;
  }

  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen();
  }

  again(button) {
    const page = button.closest("[data-viewer-page]");
    const picture = page.querySelector("img");
    page.querySelector(".viewer-missing").remove();
    picture.src = `${picture.src.split("?")[0]}?again=${Date.now()}`;
  }

  // What is in the middle stays there.
  scale(zoom) {
    const { stage } = this;
    const share = (start, size, all) => (start + size / 2) / all;
    const left = share(stage.scrollLeft, stage.clientWidth, stage.scrollWidth);
    const top = share(stage.scrollTop, stage.clientHeight, stage.scrollHeight);
    this.zoom = zoom;
    stage.style.setProperty("--zoom", zoom);
    stage.classList.toggle("is-zoomed", zoom > 1.01);
    stage.scrollLeft = left * stage.scrollWidth - stage.clientWidth / 2;
    stage.scrollTop = top * stage.scrollHeight - stage.clientHeight / 2;
    this.#say("zoom", `${Math.round(zoom * 100)} %`);
    this.sharpen();
  }

  // Exchange a picture for its large one where it is drawn wider than it is; the small one stays until that is here.
  sharpen() {
    for (const page of this.pages) {
      const picture = page.querySelector("img");
      const drawn = Math.max(picture.clientWidth, picture.clientHeight / 2) * devicePixelRatio;
      const large = page.querySelector("[data-viewer-large]").href;
      const near = this.current && Math.abs(this.pages.indexOf(page) - this.pages.indexOf(this.current)) < 2;
      if (!near || !picture.naturalWidth || drawn < picture.naturalWidth * 1.1 || picture.dataset.sharp) continue;
      picture.dataset.sharp = "1";
      const sharp = new Image();
      sharp.src = large;
      sharp.decode().then(
        () => (picture.src = large),
        () => delete picture.dataset.sharp,
      );
    }
  }

  #whole() {
    const page = this.current ?? this.pages[0];
    const box = getComputedStyle(this.stage);
    const high = (this.stage.clientHeight || innerHeight) - parseFloat(box.paddingTop) - parseFloat(box.paddingBottom);
    const room = Math.min(high, innerHeight * 0.8);
    return page ? Math.min(1, (room / page.offsetHeight) * this.zoom) : 1;
  }

  #ratio(page) {
    const picture = page.querySelector("img");
    const [wide, high] = picture.naturalWidth
      ? [picture.naturalWidth, picture.naturalHeight]
      : [picture.width, picture.height];
    return high / wide;
  }

  #go(step) {
    const at = this.pages.indexOf(this.current);
    const page = this.pages[Math.min(Math.max(at + step, 0), this.pages.length - 1)];
    if (!page) return;
    if (this.stage.scrollHeight > this.stage.clientHeight + 1) {
      this.stage.scrollTop += page.getBoundingClientRect().top - this.stage.getBoundingClientRect().top - 12;
    } else {
      page.scrollIntoView({ block: "start" });
    }
    this.#at(page);
  }

  #met(entries) {
    const page = entries.findLast((entry) => entry.isIntersecting)?.target;
    if (page) this.#at(page);
  }

  #at(page) {
    this.current = page;
    this.#say("at", this.pages.indexOf(page) + 1 || 1);
    this.sharpen();
  }

  #say(what, text) {
    const place = this.root.querySelector(`[data-viewer-${what}]`);
    if (place && place.textContent !== String(text)) place.textContent = text;
  }

  #watch(picture) {
    if (picture.dataset.watched) return;
    picture.dataset.watched = "1";
    picture.addEventListener("load", () => this.sharpen());
    picture.addEventListener("error", () => this.#missing(picture));
    if (picture.complete && picture.currentSrc && !picture.naturalWidth) this.#missing(picture);
  }

  #missing(picture) {
    const page = picture.closest("[data-viewer-page]");
    if (page.querySelector(".viewer-missing")) return;
    page.append(this.root.querySelector("[data-viewer-missing]").content.cloneNode(true));
  }

  #wheeled(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.scale(Math.min(Math.max(this.zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1), STEPS[0]), STEPS.at(-1)));
  }

  // A mouse pulls the page along; fingers do that by themselves.
  #drag(begin) {
    const { stage } = this;
    if (begin.pointerType !== "mouse" || begin.button !== 0 || begin.target.closest("button, .viewer-sheet")) return;
    const { scrollLeft, scrollTop } = stage;
    const move = (event) => {
      const [x, y] = [event.clientX - begin.clientX, event.clientY - begin.clientY];
      if (Math.hypot(x, y) > 4) stage.classList.add("is-dragged");
      stage.scrollTo(scrollLeft - x, scrollTop - y);
    };
    const end = () => {
      document.removeEventListener("pointermove", move);
      setTimeout(() => stage.classList.remove("is-dragged")); // after the click that follows
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end, { once: true });
    document.addEventListener("pointercancel", end, { once: true });
  }
}

function view(element) {
  return views.get(element.closest("[data-viewer]"));
}

function begin() {
  for (const root of document.querySelectorAll("[data-viewer]")) if (!views.has(root)) views.set(root, new View(root));
}

document.addEventListener("click", (event) => {
  const { target } = event;
  const button = target.closest("[data-viewer-do]");
  const tab = target.closest("[data-viewer-tab]");
  const page = target.closest("[data-viewer-large]");
  const found = view(button ?? tab ?? page ?? document.body);
  if (!found) return;
  if (button) {
    found[button.dataset.viewerDo](button);
  } else if (tab) {
    event.preventDefault();
    found.choose(document.getElementById(tab.hash.slice(1)));
  } else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (!found.stage.classList.contains("is-dragged")) found.scale(found.zoom > 1.01 ? 1 : 2);
  }
});

document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("[data-viewer-stage]")) event.preventDefault();
});

document.addEventListener("htmx:load", (event) => {
  begin();
  const file = event.target.closest?.("[data-viewer-file]");
  const found = file && view(file);
  if (found && (!found.file.isConnected || found.file === file)) found.choose(file);
  else if (found) file.hidden = true;
});
begin();
