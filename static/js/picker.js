// A select with `data-picker` becomes a combobox: type to search, arrows, Enter, Esc. The select stays and is what is sent.
// `data-source` asks the server instead of searching the options; `data-source-with="type:kind"` sends the field `type`
// along as `kind`. The input takes over the select's id, so that labels and links to errors find it.
const fold = (text) => text.toLowerCase().replaceAll("ß", "ss").normalize("NFD").replaceAll(/\p{M}/gu, "");
const narrow = matchMedia("(width < 700px)"); // a phone: its keyboard would hide what one came to see
let lastId = ""; // of the combobox that had the focus when the form was swapped

function make(tag, className, attributes = {}) {
  const element = Object.assign(document.createElement(tag), { className });
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

class Picker {
  constructor(select) {
    this.select = select;
    this.active = null;
    this.asked = 0;
    const id = select.id;
    this.box = make("div", "picker");
    this.input = make("input", "", {
      id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": `${id}_list`, placeholder: select.dataset.hint ?? "",
    });
    this.list = make("div", "picker-list", { id: `${id}_list`, role: "listbox", "aria-label": select.labels[0]?.textContent.trim() ?? "" });
    this.list.hidden = true;
    for (const name of ["aria-invalid", "aria-describedby"]) {
      if (select.hasAttribute(name)) this.input.setAttribute(name, select.getAttribute(name));
      select.removeAttribute(name);
    }
    const focused = document.activeElement === select || (lastId === id && document.activeElement === document.body);
    this.input.autofocus = select.autofocus && !narrow.matches;
    select.autofocus = false;
    select.id = `${id}_value`;
    select.hidden = true;
    select.before(this.box);
    this.box.append(this.input, this.list, select);
    select.picker = this;
    this.show();
    this.listen();
    if (focused || this.input.autofocus) this.input.focus();
  }

  listen() {
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("click", () => this.open(""));
    this.input.addEventListener("input", (event) => {
      event.stopPropagation(); // nothing is changed until something is chosen
      this.open(this.input.value);
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.leave());
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the focus stays in the field
      const option = event.target.closest("[role=option]");
      if (option && event.button === 0) this.choose(option);
    });
  }

  get chosen() {
    return this.select.selectedOptions[0];
  }

  show() {
    this.input.value = this.select.value ? this.chosen.textContent : "";
  }

  key(event) {
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) this.walk(event.key === "ArrowDown" ? 1 : -1);
      else this.open("");
    } else if (event.key === "Enter" && open && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (this.active) this.choose(this.active);
      else this.close();
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.show();
      this.input.select();
    } else if (event.key === "Tab" && open && this.active && this.typed) {
      this.choose(this.active);
    }
  }

  leave() {
    if (!this.list.hidden && this.typed && !this.input.value.trim()) this.set("");
    this.close();
    this.show();
  }

  close() {
    this.list.hidden = true;
    this.typed = false;
    this.mark(null);
    this.input.setAttribute("aria-expanded", "false");
  }

  async open(text) {
    this.typed = text !== "";
    if (text === "" && this.input.value === "") this.typed = document.activeElement === this.input;
    const asked = ++this.asked;
    const groups = this.select.dataset.source ? await this.ask(text, asked) : this.search(text);
    if (groups === null || asked !== this.asked || document.activeElement !== this.input) return;
    this.draw(groups, text);
  }

  /** Search the options of the select; names that begin with what was typed come first. */
  search(text) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    const groups = new Map();
    for (const option of this.select.options) {
      if (!option.value) continue;
      const group = option.parentElement.label ?? "";
      const name = fold(option.textContent);
      const hay = `${name} ${fold(group)}`;
      if (!words.every((word) => hay.includes(word))) continue;
      const rank = words.length && name.startsWith(words[0]) ? 0 : words.length && ` ${name}`.includes(` ${words[0]}`) ? 1 : 2;
      if (!groups.has(group)) groups.set(group, []);
      groups.get(group).push({ value: option.value, label: option.textContent, note: option.dataset.note ?? "", rank });
    }
    if (!words.length) return [...groups];
    const found = [...groups.entries()].flatMap(([group, all]) => all.map((each) => ({ ...each, note: each.note || group })));
    return [["", found.sort((a, b) => a.rank - b.rank).slice(0, 60)]];
  }

  /** Ask the server; null if a later question has overtaken this one. */
  async ask(text, asked) {
    if (text) await new Promise((done) => setTimeout(done, 150));
    if (asked !== this.asked) return null;
    const address = new URL(this.select.dataset.source, location.href);
    address.searchParams.set("q", text);
    const [field, name] = (this.select.dataset.sourceWith ?? "").split(":");
    if (name) address.searchParams.set(name, this.select.form.elements[field]?.value ?? "");
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" } });
      return response.ok ? [["", (await response.json()).options]] : [["", []]];
    } catch {
      return [["", []]];
    }
  }

  draw(groups, text) {
    this.list.replaceChildren();
    let number = 0;
    for (const [group, options] of groups) {
      const place = group ? make("div", "", { role: "group", "aria-label": group }) : this.list;
      if (group) {
        const head = make("div", "picker-group", { "aria-hidden": "true" });
        head.textContent = group;
        place.append(head);
        this.list.append(place);
      }
      for (const each of options) place.append(this.option(each, number++));
    }
    if (!number) {
      const none = make("div", "picker-none", { role: "status" });
      none.textContent = this.select.dataset.empty ?? "";
      this.list.append(none);
    }
    this.list.hidden = false;
    this.list.scrollIntoView({ block: "nearest" }); // its end may lie below the window
    this.input.setAttribute("aria-expanded", "true");
    const current = this.list.querySelector("[aria-selected=true]");
    this.mark(text && number ? this.list.querySelector("[role=option]") : current);
  }

  option({ value, label, note }, number) {
    const option = make("div", "picker-option", { role: "option", id: `${this.input.id}_${number}`, "aria-selected": String(value === this.select.value) });
    option.dataset.value = value;
    const name = make("span", "");
    name.textContent = label;
    option.append(name);
    if (note) {
      const more = make("small", "");
      more.textContent = note;
      option.append(more);
    }
    return option;
  }

  walk(step) {
    const all = [...this.list.querySelectorAll("[role=option]")];
    if (!all.length) return;
    const at = all.indexOf(this.active);
    this.mark(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length]);
  }

  mark(option) {
    this.active?.classList.remove("active");
    this.active = option;
    if (!option) return void this.input.removeAttribute("aria-activedescendant");
    option.classList.add("active");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  choose(option) {
    this.close();
    this.put(option.dataset.value, option.firstChild.textContent);
    this.input.select();
  }

  /** Choose a value, also one that is not among the options yet. */
  put(value, label) {
    if (![...this.select.options].some((each) => each.value === value)) this.select.append(new Option(label, value));
    this.set(value);
  }

  set(value) {
    const before = this.select.value;
    this.select.value = value;
    this.show();
    if (before !== this.select.value) this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

export function enhance(root) {
  for (const select of root.querySelectorAll("select[data-picker]")) if (!select.picker) new Picker(select);
}

document.addEventListener("htmx:beforeSwap", () => (lastId = document.activeElement?.matches?.("[role=combobox]") ? document.activeElement.id : ""));
document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
enhance(document);
