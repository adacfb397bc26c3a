/* The caption editor: brings the document, the list, the form, the film and the saving together.
   Everything a button does has a name (`data-do`), and most have a shortcut of the same name. */

import { CaptionDocument, Refusal } from "./document.js";
import { Film, shownAt } from "./film.js";
import { CueForm } from "./form.js";
import { CueList, fill, made } from "./list.js";
import { Find, Speakers } from "./panels.js";
import { check } from "./rules.js";
import { Saving } from "./saving.js";

const STEP = 0.1; // seconds that a nudge moves a time by
const CHECK = 150; // milliseconds without typing before the rules are looked at
const LISTED = 200; // broken rules named at once

const data = (id) => JSON.parse(document.getElementById(id).textContent);

class Editor {
  constructor(root) {
    this.root = root;
    this.given = data("caption-document");
    this.said = data("caption-said");
    this.shortcuts = data("caption-shortcuts");
    this.part = (name) => root.querySelector(name);
    const { rules, limits, duration, unsure } = this.given;
    this.doc = new CaptionDocument(this.given.cues.map(remade), { rules, limits, duration, said: this.said });
    this.film = new Film(this.part("video"), this.part(".editor__shown"));
    const form = document.getElementById("cue-form").content.firstElementChild.cloneNode(true);
    const tools = { doc: this.doc, said: this.said, unsure, edit: (change) => this.edit(change), tell: (text) => this.tell(text) };
    this.form = new CueForm(form, { ...tools, film: this.film });
    this.list = new CueList(this.part(".cues"), { ...tools, template: document.getElementById("cue-row"), form });
    this.find = new Find(this.part("#find-panel"), { ...tools, go: (hit) => this.goTo(hit) });
    this.speakers = new Speakers(this.part("#speakers-panel"), {
      ...tools, list: this.list, names: this.part("#speaker-names"), active: () => this.cue,
    });
    this.saving = new Saving(this.doc, {
      url: root.dataset.url,
      csrf: this.part("[name=csrfmiddlewaretoken]").value,
      local: root.dataset.local,
      revision: this.given.revision,
    });
    this.active = 0;
  }

  get cue() { return this.doc.cues[this.active]; }

  start() {
    this.root.hidden = false;
    this.doc.addEventListener("change", ({ detail }) => this.changed(detail));
    this.saving.addEventListener("state", ({ detail }) => this.showState(detail));
    this.drawShortcuts();
    this.listen();
    this.draw();
    this.check();
    this.showState({ state: "saved" });
    if (this.saving.restore((cues) => new CaptionDocument(cues, this.doc).cues)) this.tell(this.said.restored);
  }

  listen() {
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.root.addEventListener("keydown", (event) => this.pressed(event));
    this.list.root.addEventListener("change", (event) => this.picked(event));
    this.film.video?.addEventListener("timeupdate", () => this.follow());
    for (const form of this.root.querySelectorAll("[data-finish]")) {
      form.addEventListener("submit", (event) => this.finish(event));
    }
    this.part("[data-discard]").addEventListener("submit", (event) => {
      if (!confirm(event.target.dataset.discard)) event.preventDefault();
      else this.saving.drop();
    });
  }

  /* Run a change; a refusal is told and changes nothing. Returns whether it was done. */
  edit(change) {
    try {
      change();
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.tell(error.message);
      return false;
    }
  }

  changed({ active, told }) {
    const stays = document.activeElement?.closest(".panel, .editor__side button"); // it may be pressed again
    if (active !== null && active !== undefined) this.active = Math.max(0, Math.min(active, this.doc.cues.length - 1));
    this.active = Math.min(this.active, Math.max(0, this.doc.cues.length - 1));
    this.draw();
    if (told) {
      this.tell(told);
      if (!stays) this.focusText(0);
    }
    clearTimeout(this.checker);
    this.checker = setTimeout(() => this.check(), CHECK);
  }

  draw() {
    this.list.draw(this.doc.cues, this.checked?.broken ?? []);
    this.list.activate(this.cue);
    this.form.show(this.active);
    this.speakers.draw();
    const empty = this.part("[data-empty]");
    empty.hidden = this.doc.cues.length > 0;
    empty.textContent = this.said.no_cues;
    this.follow();
  }

  check() {
    this.checked = check(this.doc.cues, this.given.rules);
    this.list.draw(this.doc.cues, this.checked.broken);
    const { broken, score } = this.checked;
    this.part("[data-score]").textContent = this.doc.cues.length ? fill(this.said.score, { score: score.toFixed(1) }) : "–";
    this.part("[data-broken-count]").textContent = broken.length
      ? fill(broken.length === 1 ? this.said.broken_one : this.said.broken_many, { count: broken.length })
      : this.said.no_broken;
    const items = broken.slice(0, LISTED).map(({ cue, sentence }) => {
      const item = made("li");
      const button = made("button", "caption-broken__go", fill(this.said.cue_short, { number: cue }));
      button.type = "button";
      button.dataset.cue = cue - 1;
      item.append(button, ` ${sentence}`);
      return item;
    });
    if (broken.length > LISTED) items.push(made("li", "", fill(this.said.more_broken, { count: broken.length - LISTED })));
    this.part("[data-broken]").replaceChildren(...items);
  }

  /* Work on another cue. `focus` is "text", "number" or nothing. */
  activate(at, { focus = "text", place = 0, seek = true } = {}) {
    if (!this.doc.cues[at]) return;
    this.active = at;
    const row = this.list.activate(this.cue);
    this.form.show(at);
    row.element.scrollIntoView({ block: "nearest" });
    if (focus === "text") this.focusText(place);
    if (focus === "number") row.number.focus();
    if (seek && !this.film.playing) this.film.go(this.cue.start);
  }

  focusText(place) {
    if (!this.cue) {
      this.part("[data-do=insert-first]").focus();
      return;
    }
    this.form.text.focus({ preventScroll: true });
    this.form.text.setSelectionRange(place, place);
    this.list.rows.get(this.cue.id).element.scrollIntoView({ block: "nearest" });
  }

  goTo({ at, place, length }) {
    this.activate(at, { focus: "" });
    this.form.text.setSelectionRange(place, place + length);
  }

  follow() {
    const shown = shownAt(this.doc.cues, this.film.place);
    this.film.show(shown?.cue);
    this.list.mark(shown?.cue);
  }

  clicked(event) {
    const doing = event.target.closest("[data-do]");
    if (doing) {
      this.run(doing.dataset.do);
      return;
    }
    const listed = event.target.closest("[data-cue]");
    if (listed) {
      this.activate(Number(listed.dataset.cue));
      return;
    }
    if (event.target.closest(".cue-form, .cue__pick")) return;
    const found = this.list.at(event);
    if (!found) return;
    const at = this.doc.cues.findIndex((cue) => cue.id === found.id);
    if (this.list.activeId !== found.id) this.activate(at, { seek: found.word < 0, place: found.place ?? 0 });
    if (found.word >= 0) this.form.hearWord(found.word);
  }

  picked({ target }) {
    if (!target.matches(".cue__pick")) return;
    this.list.choose(Number(target.closest(".cue").dataset.id), target.checked);
    this.speakers.draw();
  }

  pressed(event) {
    if (event.isComposing || event.getModifierState("AltGraph")) return;
    const keys = [
      ...(event.ctrlKey || event.metaKey ? ["Ctrl"] : []),
      ...(event.altKey ? ["Alt"] : []),
      ...(event.shiftKey ? ["Shift"] : []),
      event.code === "NumpadEnter" ? "Enter" : event.code,
    ].join("+");
    const shortcut = this.shortcuts.find(({ code }) => code === keys) ?? OTHER_KEYS[keys];
    const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
    const own = ["undo", "redo"].includes(shortcut?.do) && typing && event.target !== this.form.text;
    if (shortcut && !own) {
      event.preventDefault();
      event.stopPropagation();
      this.run(shortcut.do);
      return;
    }
    if (event.key === "?" && !typing) {
      event.preventDefault();
      event.stopPropagation(); // Wagtail has a list of its own
      this.run("help");
    } else if (event.key === "Escape") {
      this.escape(event);
    } else if (event.target.matches(".cue__number")) {
      this.walk(event);
    }
  }

  walk(event) {
    const to = { ArrowDown: this.active + 1, ArrowUp: this.active - 1, Home: 0, End: this.doc.cues.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.activate(to, { focus: "number" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.focusText(0);
    }
  }

  escape(event) {
    const panel = event.target.closest(".panel");
    if (panel) this.toggle(panel);
    else if (this.form.root.contains(event.target)) this.list.rows.get(this.cue.id).number.focus();
  }

  run(name) {
    const deed = DEEDS[name];
    if (deed && (this.cue || !NEEDS_CUE.has(name))) deed(this);
  }

  toggle(panel) {
    panel.hidden = !panel.hidden;
    const button = this.part(`[aria-controls=${panel.id}]`);
    button.setAttribute("aria-expanded", String(!panel.hidden));
    if (panel.hidden) this.focusText(this.form.place ?? 0);
    else panel.querySelector("input[type=text]").focus();
  }

  nextBroken() {
    const { broken } = this.checked;
    const next = broken.find(({ cue }) => cue - 1 > this.active) ?? broken[0];
    if (!next) return this.tell(this.said.no_broken);
    this.activate(next.cue - 1);
    return this.tell(fill(this.said.active, { number: next.cue, count: this.doc.cues.length })
      + " " + broken.filter(({ cue }) => cue === next.cue).map(({ sentence }) => sentence).join(" "));
  }

  nextUnsure() {
    const { cues } = this.doc;
    const inText = document.activeElement === this.form.text;
    const from = inText ? this.form.text.value.slice(0, this.form.text.selectionEnd).split(/\s+/u).filter(Boolean).length : 0;
    for (let at = this.active; at < cues.length; at += 1) {
      const word = cues[at].words.findIndex((one, place) => one[3] < this.given.unsure && (at > this.active || place >= from));
      if (word < 0) continue;
      this.activate(at, { focus: "", seek: false });
      this.form.focusWord(word);
      this.form.hearWord(word);
      this.tell(fill(this.said.confidence, { percent: Math.round(100 * cues[at].words[word][3]) }));
      return;
    }
    this.tell(this.said.no_unsure);
  }

  /* Publish or review: only what is saved, and exactly that. */
  async finish(event) {
    event.preventDefault();
    const form = event.target;
    if (!await this.saving.save()) return;
    form.elements.revision.value = this.saving.revision;
    this.saving.leaving = true;
    form.submit();
  }

  showState({ state, told }) {
    const shown = this.part("[data-state]");
    const text = {
      saved: told ? fill(this.said.saved_at, { time: told }) : this.said.saved,
      unsaved: this.said.unsaved,
      saving: this.said.saving,
      offline: this.said.offline,
      busy: this.said.busy,
      "signed-out": this.said.signed_out,
      conflict: told || this.said.conflict,
      refused: told,
    }[state];
    shown.textContent = text;
    shown.dataset.state = state;
    this.part("[data-conflict]").hidden = state !== "conflict";
    if (state === "conflict") this.part("[data-conflict-said]").textContent = text;
    const quiet = ["saving", "unsaved"].includes(state) || (state === "saved" && (!told || this.toldSaved));
    this.toldSaved = state === "saved" || (quiet && this.toldSaved);
    if (!quiet) this.tell(text);
  }

  /* Say something: to screen readers, and for a moment to the eye. */
  tell(text) {
    const region = this.part("[data-told]");
    region.textContent = region.textContent === text ? `${text}\u00a0` : text;
    const toast = this.part("[data-toast]");
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(this.toast);
    this.toast = setTimeout(() => { toast.hidden = true; }, 4000);
  }

  drawShortcuts() {
    const list = document.querySelector("[data-shortcuts]");
    for (const { keys, label, do: name } of this.shortcuts) {
      const row = made("div");
      const term = made("dt");
      term.append(made("kbd", "", keys));
      row.append(term, made("dd", "", label));
      list.append(row);
      for (const button of this.root.querySelectorAll(`[data-do="${name}"]`)) button.title = `${button.title || label} (${keys})`;
      for (const button of this.form.root.querySelectorAll(`[data-do="${name}"]`)) button.title = `${label} (${keys})`;
    }
  }
}

/* What each button and shortcut does. */
const DEEDS = {
  play: (editor) => editor.film.toggle(),
  back: (editor) => editor.film.move(-2),
  forward: (editor) => editor.film.move(2),
  hear: (editor) => editor.form.hear(),
  "hear-word": (editor) => editor.form.hearWord(),
  next: (editor) => editor.activate(editor.active + 1),
  previous: (editor) => editor.activate(editor.active - 1),
  spoken: (editor) => editor.activate(shownAt(editor.doc.cues, editor.film.place)?.at ?? editor.active, { seek: false }),
  broken: (editor) => editor.nextBroken(),
  unsure: (editor) => editor.nextUnsure(),
  right: (editor) => editor.edit(() => editor.doc.markRight(editor.active)),
  split: (editor) => editor.edit(() => editor.doc.split(editor.active, editor.form.place)),
  merge: (editor) => editor.edit(() => editor.doc.merge(editor.active)),
  insert: (editor) => editor.edit(() => editor.doc.insert(editor.doc.cues.length ? editor.active : -1)),
  "insert-first": (editor) => editor.edit(() => editor.doc.insert(-1)),
  delete: (editor) => editor.edit(() => editor.doc.remove(editor.active)),
  "start-here": (editor) => editor.form.move("start", editor.film.place - editor.cue.start),
  "end-here": (editor) => editor.form.move("end", editor.film.place - editor.cue.end),
  "start-earlier": (editor) => editor.form.move("start", -STEP),
  "start-later": (editor) => editor.form.move("start", STEP),
  "end-earlier": (editor) => editor.form.move("end", -STEP),
  "end-later": (editor) => editor.form.move("end", STEP),
  find: (editor) => editor.toggle(editor.find.form),
  replace: (editor) => editor.find.replace(),
  "replace-all": (editor) => editor.find.replaceAll(),
  choose: (editor) => choose(editor, [editor.cue], !editor.list.chosen.has(editor.cue.id)),
  "choose-all": (editor) => choose(editor, editor.doc.cues, true),
  "choose-none": (editor) => choose(editor, editor.doc.cues, false),
  speakers: (editor) => editor.toggle(editor.speakers.form),
  rename: (editor) => editor.speakers.rename(),
  undo: (editor) => editor.edit(() => editor.doc.undo()),
  redo: (editor) => editor.edit(() => editor.doc.redo()),
  save: (editor) => editor.saving.save(),
  help: () => document.getElementById("shortcuts").showModal(),
  apart: async (editor) => {
    const url = await editor.saving.apart();
    if (url) location.assign(url);
  },
  drop: (editor) => {
    editor.saving.drop();
    location.reload();
  },
};

const NEEDS_CUE = new Set([
  "hear", "hear-word", "next", "previous", "spoken", "unsure", "right", "split", "merge", "delete", "choose",
  "start-here", "end-here", "start-earlier", "start-later", "end-earlier", "end-later",
]);

const OTHER_KEYS = {
  "Alt+Backspace": { do: "delete" },
  "Ctrl+KeyY": { do: "redo" },
};

function choose(editor, cues, chosen) {
  for (const cue of cues) editor.list.choose(cue.id, chosen);
  editor.speakers.draw();
  const count = editor.list.chosen.size;
  editor.tell(count ? fill(editor.said.chosen, { count }) : editor.said.chosen_none);
}

function remade({ start, end, text, speaker, words }) {
  return { start, end, text, speaker, words };
}

const root = document.getElementById("caption-editor");
if (root) new Editor(root).start();
