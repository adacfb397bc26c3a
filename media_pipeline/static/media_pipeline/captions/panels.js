/* The two panels: find and replace, and the speakers of many cues at once. */

import { pattern } from "./document.js";
import { fill } from "./list.js";

export class Find {
  constructor(form, { doc, said, edit, tell, go }) {
    Object.assign(this, { form, doc, said, edit, tell, go });
    this.out = form.querySelector("[data-found]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.next();
    });
    form.addEventListener("input", () => this.count());
  }

  get pattern() {
    const text = this.form.elements.find.value;
    if (!text.trim()) return null;
    const { case: matchCase, whole } = this.form.elements;
    return pattern(text, { matchCase: matchCase.checked, wholeWord: whole.checked });
  }

  get hits() {
    const { pattern: found } = this;
    if (!found) return [];
    return this.doc.cues.flatMap((cue, at) => [...cue.text.matchAll(found)].map((hit) => ({
      at,
      place: hit.index,
      length: hit[0].length,
    })));
  }

  count() {
    const { length } = this.hits;
    this.say(this.pattern ? counted(this.said, "found", length) : "");
  }

  next() {
    const { hits } = this;
    const found = hits.find(({ at, place }) => !this.last || at > this.last.at || (at === this.last.at && place > this.last.place)) ?? hits[0];
    this.last = found ?? null;
    this.say(counted(this.said, "found", hits.length));
    if (found) this.go(found);
  }

  /* Replace what was found last, then go on to the next. */
  replace() {
    if (!this.pattern) return;
    if (!this.last || !this.hits.some((hit) => hit.at === this.last.at && hit.place === this.last.place)) {
      this.next();
      return;
    }
    this.edit(() => this.doc.replace(this.pattern, this.form.elements.by.value, this.last));
    this.next();
  }

  replaceAll() {
    if (!this.pattern) return;
    let count = 0;
    this.edit(() => { count = this.doc.replace(this.pattern, this.form.elements.by.value); });
    this.say(counted(this.said, "replaced", count));
    this.tell(counted(this.said, "replaced", count));
  }

  say(text) { this.out.textContent = text; }
}

export class Speakers {
  constructor(form, { doc, list, said, edit, names, active }) {
    Object.assign(this, { form, doc, list, said, edit, names, active });
    this.out = form.querySelector("[data-chosen]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.set();
    });
  }

  draw() {
    const speakers = this.doc.speakers();
    const key = speakers.join("\n");
    const count = this.list.chosen.size;
    this.out.textContent = count ? fill(this.said.chosen, { count }) : this.said.chosen_none;
    if (key === this.key) return;
    this.key = key;
    this.names.replaceChildren(...speakers.map((name) => new Option(name, name)));
    this.form.elements.from.replaceChildren(...speakers.map((name) => new Option(name, name)));
  }

  set() {
    const ids = this.list.chosen.size ? new Set(this.list.chosen) : new Set([this.active()?.id]);
    this.edit(() => this.doc.setSpeaker(ids, this.form.elements.speaker.value));
  }

  rename() {
    const { from, to } = this.form.elements;
    if (from.value) this.edit(() => this.doc.renameSpeaker(from.value, to.value));
  }
}

export function counted(said, what, count) {
  const form = count === 0 ? "none" : count === 1 ? "one" : "many";
  return fill(said[`${what}_${form}`], { count });
}
