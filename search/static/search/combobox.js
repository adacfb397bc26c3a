/* Suggestions below a search box: the ARIA pattern of an editable combobox with a list, from which
   one selects by hand. box.js fetches this when somebody goes to a box. */

import { token } from "../party/token.js";

const SHORTEST = 2; // characters from which something is suggested
const PAUSE = 120; // milliseconds without typing before the server is asked

let made = 0;

export class Combobox {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[name=q]");
    this.words = form.dataset;
    this.options = [];
    this.active = -1;
    this.name = `suggestions-${(made += 1)}`;
    this.list = this.made("div", { id: this.name, role: "listbox", class: "suggestions" });
    this.list.setAttribute("aria-label", this.words.suggestLabel);
    this.list.tabIndex = -1; // else Tab stops at a list long enough to scroll, which then is gone
    this.list.hidden = true;
    this.status = this.made("div", { role: "status", class: "visually-hidden" });
    this.input.after(this.list, this.status);
    this.input.setAttribute("aria-controls", this.name);
    this.listen();
    if (this.input.value !== this.input.defaultValue) this.wait(); // typed while this was fetched
  }

  made(tag, attributes = {}, text = "") {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  }

  listen() {
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    this.form.addEventListener("submit", () => this.close());
    // Else the box would lose the focus, and the list be gone, before the click is done.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    addEventListener("pagehide", () => this.close());
  }

  get open() {
    return !this.list.hidden;
  }

  wait() {
    this.point(-1);
    clearTimeout(this.pause);
    this.asking?.abort();
    if (this.input.value.trim().length < SHORTEST) this.close();
    else this.pause = setTimeout(() => this.ask(), PAUSE);
  }

  /* Asks the server and shows what it answers; what was asked before does not count any more. */
  async ask() {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    const told = new FormData(); // not in the address, which servers write down
    told.append("csrfmiddlewaretoken", token(this.words.csrf));
    told.append("q", this.input.value);
    try {
      const request = { method: "POST", body: told, signal: asking.signal };
      const answer = await fetch(this.words.suggest, request);
      if (!answer.ok || answer.redirected) return;
      const found = await answer.json();
      if (asking === this.asking && document.activeElement === this.input) this.show(found);
    } catch {
      // Typed on meanwhile, or no connection: a box without suggestions is still a box.
    }
  }

  show(found) {
    this.point(-1);
    this.options = [];
    this.list.replaceChildren(...this.groups(found));
    this.toggle(found.length > 0);
    this.status.textContent = found.length
      ? this.words.suggestSome.replace("%", found.length)
      : this.words.suggestNone;
  }

  groups(found) {
    const groups = new Map();
    for (const each of found) {
      if (!groups.has(each.label)) groups.set(each.label, this.group(each.label, groups.size));
      groups.get(each.label).append(this.option(each));
    }
    return groups.values();
  }

  group(label, number) {
    const id = `${this.name}-group-${number}`;
    const group = this.made("div", { role: "group", "aria-labelledby": id });
    group.append(this.made("div", { id, role: "presentation", class: "suggestions__group" }, label));
    return group;
  }

  option({ title, detail, url }) {
    const id = `${this.name}-${this.options.length}`;
    const option = this.made("a", { id, role: "option", "aria-selected": "false", tabindex: "-1" });
    option.href = url;
    option.append(this.made("span", { class: "suggestions__title", dir: "auto" }, title));
    if (detail) option.append(this.made("span", { class: "suggestions__detail", dir: "auto" }, detail));
    this.options.push(option);
    return option;
  }

  toggle(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.point(-1);
  }

  close() {
    clearTimeout(this.pause);
    this.asking?.abort();
    this.asking = undefined;
    this.toggle(false);
    this.status.textContent = "";
  }

  /* Makes an option the active one; -1 is the box itself. The focus always stays in the box. */
  point(at) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = at;
    const option = this.options[at];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const handled = this.keys[event.key]?.call(this, event);
    if (handled) event.preventDefault();
  }

  get keys() {
    return {
      ArrowDown: this.down,
      ArrowUp: this.up,
      Enter: this.enter,
      Escape: this.escape,
      ArrowLeft: this.back,
      ArrowRight: this.back,
      Home: this.back,
      End: this.back,
    };
  }

  down(event) {
    if (this.open && !event.altKey) this.point((this.active + 1) % this.options.length);
    else if (!this.open) this.reopen(event.altKey ? -1 : 0);
    return true;
  }

  up(event) {
    if (event.altKey) this.close();
    else if (this.open) this.point(this.active > 0 ? this.active - 1 : this.options.length - 1);
    return this.open || event.altKey;
  }

  async reopen(at) {
    if (this.input.value.trim().length < SHORTEST) return;
    await this.ask();
    if (this.open) this.point(at);
  }

  /* Opens the active option as a click would; without one the form is sent as any other. */
  enter() {
    const option = this.options[this.active];
    if (!this.open || !option) return false;
    option.click();
    return true;
  }

  escape() {
    if (this.open) {
      this.close();
      return true;
    }
    this.input.value = "";
    return false;
  }

  /* The cursor moves in the text, so the text is where one is. */
  back() {
    this.point(-1);
    return false;
  }
}
