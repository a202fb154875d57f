// Receipts on their way to the server: a form `data-upload` (uploads/_drop.html) takes files from its buttons and from
// anywhere on the page, and sends one in each request, two at a time. The server knows what it has: after an
// interruption the same files may simply be dropped again. Event `uploads:changed` on the body when one has arrived.
const AT_ONCE = 2;
const FIRST_WAIT = 2000;
const LAST_WAIT = 60000;
const MOST_FAILURES = 3;
const NOTES = 20;

class Queue {
  constructor(form) {
    this.form = form;
    this.waiting = [];
    this.active = new Map(); // file → share that is sent
    this.failures = new Map(); // file → how often the server could not take it
    this.done = this.total = this.tries = 0;
    this.paused = this.offline = this.ended = false;
  }

  find(name) {
    return this.form.querySelector(`[data-upload-${name}]`);
  }

  add(files) {
    this.waiting.push(...files);
    this.total += files.length;
    if (this.ended) return;
    this.tell();
    this.next();
  }

  get busy() {
    return this.waiting.length + this.active.size > 0;
  }

  next() {
    if (!this.form.getAttribute("action")) {
      this.form.dispatchEvent(new CustomEvent("upload:choose", { bubbles: true }));
      return this.find("client").focus();
    }
    while (!this.paused && !this.offline && !this.ended && this.active.size < AT_ONCE && this.waiting.length) this.send(this.waiting.shift());
  }

  send(file) {
    const body = new FormData();
    if (file.size > Number(this.form.dataset.largest)) {
      body.append("name", file.name); // it is refused anyway: the server has only to know of it
      body.append("size", file.size);
    } else body.append("file", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", this.form.action);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", this.form.elements.csrfmiddlewaretoken.value);
    request.upload.onprogress = (event) => event.lengthComputable && this.sent(file, event.loaded / event.total);
    request.onload = () => this.answered(file, request);
    request.onerror = request.ontimeout = () => this.broken(file);
    request.timeout = 120000;
    this.sent(file, 0);
    request.send(body);
  }

  sent(file, share) {
    this.active.set(file, share);
    this.tell();
  }

  answered(file, request) {
    const told = read(request);
    if (request.status >= 500) return this.failed(file, told?.sentence);
    this.active.delete(file);
    if (told === null || request.status === 403) {
      this.ended = true; // the answer is a page: that of the sign-in
      this.waiting.length = 0;
      this.note(this.form.dataset.wordsExpired);
      return this.tell();
    }
    this.tries = 0;
    this.done += 1;
    if (told.sentence) this.note(`${file.name}: ${told.sentence}`);
    for (const each of told.files ?? []) {
      if (!each.new) this.note(`${each.name}: ${this.form.dataset.wordsKnown} (${each.word})`);
      else if (each.state === "refused") this.note(`${each.name}: ${each.why.join(" ")}`);
    }
    changed();
    this.tell();
    this.next();
  }

  /** The server could not: it may pass, but a file that always fails must not hold up the others. */
  failed(file, sentence) {
    const times = (this.failures.get(file) ?? 0) + 1;
    this.failures.set(file, times);
    if (times < MOST_FAILURES) return this.broken(file);
    this.active.delete(file);
    this.total -= 1;
    this.note(`${file.name}: ${sentence ?? this.form.dataset.wordsFailed}`);
    this.tell();
    this.next();
  }

  /** Nobody knows whether it arrived: the server answers the same file with what it has made of it. */
  async broken(file) {
    this.active.delete(file);
    if (!(await readable(file))) {
      this.total -= 1;
      this.note(`${file.name} ${this.form.dataset.wordsFolder}`);
      this.tell();
      return this.next();
    }
    this.waiting.unshift(file);
    this.wait();
  }

  wait() {
    if (this.offline) return;
    this.offline = true;
    this.tell();
    const again = () => {
      removeEventListener("online", again);
      clearTimeout(timer);
      this.offline = false;
      this.tell();
      this.next();
    };
    const timer = setTimeout(again, Math.min(FIRST_WAIT * 2 ** this.tries++, LAST_WAIT));
    addEventListener("online", again);
  }

  pause() {
    this.paused = !this.paused;
    this.tell();
    this.next();
  }

  note(text) {
    const notes = this.find("notes");
    const line = document.createElement("li");
    line.textContent = text;
    notes.prepend(line);
    while (notes.children.length > NOTES) notes.lastChild.remove();
  }

  tell() {
    const words = this.form.dataset;
    const shares = [...this.active.values()].reduce((sum, share) => sum + share, 0);
    const chosen = Boolean(this.form.getAttribute("action"));
    const text = !chosen ? words.wordsChoose : this.offline ? words.wordsWaiting : this.paused && this.busy ? words.wordsPaused : words.wordsDone;
    this.find("progress").hidden = false;
    this.find("bar").max = this.total || 1;
    this.find("bar").value = this.done + shares;
    put(this.find("text"), text.replace("%d", this.done).replace("%m", this.total));
    put(this.find("now"), [...this.active].map(([file, share]) => `${file.name} ${Math.round(share * 100)} %`)[0] ?? "");
    const pause = this.find("pause");
    pause.hidden = !this.busy || !chosen;
    put(pause, this.paused ? words.wordsResume : words.wordsPause);
    const list = this.find("list");
    list.hidden = !chosen || new URL(list.href).pathname === location.pathname;
  }
}

function put(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

function read(request) {
  try {
    return request.getResponseHeader("Content-Type")?.startsWith("application/json") ? JSON.parse(request.responseText) : null;
  } catch {
    return null;
  }
}

async function readable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false; // deleted meanwhile, or a folder
  }
}

let soon;
function changed() {
  soon ??= setTimeout(() => {
    soon = undefined;
    document.body.dispatchEvent(new CustomEvent("uploads:changed"));
  }, 700);
}

/** The files of a drop, those in folders included. */
async function dropped(transfer) {
  const entries = [...transfer.items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  const found = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry, found) {
  if (entry instanceof File) found.push(entry);
  else if (entry?.isFile) found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
  else if (entry?.isDirectory) {
    const reader = entry.createReader();
    for (;;) {
      const part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!part.length) break;
      for (const each of part) if (!each.name.startsWith(".")) await walk(each, found);
    }
  }
}

const queues = new Map();
function queueOf(form) {
  if (!queues.has(form)) queues.set(form, new Queue(form));
  return queues.get(form);
}
const place = () => document.querySelector("form[data-upload]");
const brings = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  if (form && event.target.type === "file") {
    const files = [...event.target.files];
    event.target.value = "";
    if (files.length) queueOf(form).add(files);
  }
  if (form && event.target.matches("[data-upload-client]")) {
    const choice = event.target.selectedOptions[0];
    if (!choice.value) return form.removeAttribute("action");
    form.setAttribute("action", choice.value);
    form.querySelector("[data-upload-list]").href = choice.dataset.list;
    const queue = queues.get(form);
    if (queue?.total) {
      event.target.disabled = true; // what was dropped is this client's
      queue.tell();
      queue.next();
    }
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-upload-pause]");
  if (button) queueOf(button.closest("form")).pause();
});

let leaving;
document.addEventListener("dragover", (event) => {
  if (!brings(event) || !place()) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  place().classList.add("drop-over");
  clearTimeout(leaving);
  leaving = setTimeout(() => place()?.classList.remove("drop-over"), 300); // the event comes every 50 ms while over it
});

document.addEventListener("drop", async (event) => {
  const form = place();
  if (!brings(event) || !form) return;
  event.preventDefault();
  form.classList.remove("drop-over");
  const files = await dropped(event.dataTransfer);
  if (files.length) queueOf(form).add(files);
});

addEventListener("beforeunload", (event) => {
  if ([...queues.values()].some((queue) => queue.busy && !queue.ended)) event.preventDefault();
});

// Files chosen before this script came, on a slow line: nobody has heard of them yet.
for (const input of document.querySelectorAll("form[data-upload] input[type=file]")) {
  if (input.files.length) input.dispatchEvent(new Event("change", { bubbles: true }));
}
