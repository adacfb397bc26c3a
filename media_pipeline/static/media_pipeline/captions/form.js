/* The form of the cue being worked on: its text, word by word, its times and its speaker. */

import { fill, made } from "./list.js";
import { length, tokens } from "./rules.js";
import { read, written } from "./times.js";
import { spoken, wordAt } from "./words.js";

export class CueForm {
  /* `edit(change)` runs a change of the document and tells what it refuses. */
  constructor(root, { doc, film, said, unsure, edit, tell }) {
    Object.assign(this, { root, doc, film, said, unsure, edit, tell });
    this.text = root.querySelector("#cue-text");
    this.start = root.querySelector("#cue-start");
    this.end = root.querySelector("#cue-end");
    this.speaker = root.querySelector("#cue-speaker");
    this.words = root.querySelector(".cue-form__words");
    this.count = root.querySelector("[data-count]");
    this.at = -1;
    this.text.addEventListener("input", () => this.typed());
    this.start.addEventListener("change", () => this.timed("start"));
    this.end.addEventListener("change", () => this.timed("end"));
    this.speaker.addEventListener("change", () => this.spoke());
    this.words.addEventListener("click", (event) => this.pressed(event));
    this.words.addEventListener("keydown", (event) => this.walk(event));
  }

  get cue() { return this.doc.cues[this.at]; }

  /* Show a cue, by its place; what the person is typing just now is left alone. */
  show(at) {
    const other = this.cue !== this.shown || at !== this.at;
    this.at = at;
    const { cue } = this;
    if (!cue || (!other && cue === this.shown)) return;
    this.shown = cue;
    if (this.text.value !== cue.text) this.text.value = cue.text;
    this.start.value = written(cue.start);
    this.end.value = written(cue.end);
    this.speaker.value = cue.speaker;
    const lengths = cue.text.split("\n").map(length);
    const speed = lengths.reduce((sum, one) => sum + one, 0) / (cue.end - cue.start);
    this.count.textContent = fill(this.said.count, {
      lengths: lengths.join(" + "),
      seconds: (cue.end - cue.start).toFixed(1),
      speed: speed.toFixed(1),
    });
    this.showWords(cue);
  }

  showWords(cue) {
    const focused = this.words.contains(document.activeElement);
    const stop = Math.max(0, [...this.words.children].findIndex((word) => word.tabIndex === 0));
    this.words.replaceChildren(...spoken(cue).map((word, at) => {
      const button = made("button", word[3] < this.unsure ? "word unsure" : "word", word[0]);
      button.type = "button";
      button.tabIndex = at === stop ? 0 : -1;
      button.title = fill(word[3] < this.unsure ? this.said.confidence : this.said.hear_word, {
        percent: Math.round(100 * word[3]),
        word: word[0],
      });
      return button;
    }));
    if (focused) (this.words.children[stop] ?? this.text).focus();
  }

  typed() {
    const { selectionStart } = this.text;
    if (this.edit(() => this.doc.setText(this.at, this.text.value))) return;
    this.text.value = this.cue.text;
    this.text.setSelectionRange(selectionStart - 1, selectionStart - 1);
  }

  timed(which) {
    const seconds = read(this[which].value);
    if (seconds === null) this.tell(this.said.no_time);
    else this.move(which, seconds - this.cue[which]);
    this[which].value = written(this.cue[which]);
  }

  /* Move the start or the end by some seconds. */
  move(which, seconds) {
    const { start, end } = this.cue;
    const to = Math.max(0, (which === "start" ? start : end) + seconds);
    const done = this.edit(() => this.doc.setTimes(this.at, which === "start" ? to : start, which === "end" ? to : end));
    if (done) this.tell(fill(this.said[`${which}_at`], { time: written(this.cue[which]) }));
  }

  spoke() {
    this.edit(() => this.doc.setSpeaker(new Set([this.cue.id]), this.speaker.value));
  }

  /* Where the cursor is in the text; the end of the first line, or the middle, where it never was. */
  get place() {
    return this.text.selectionStart;
  }

  hear() {
    if (this.cue) this.film.hear(this.cue.start, this.cue.end);
  }

  hearWord(at = wordAt(this.text.value, this.place)) {
    const word = spoken(this.cue)[at];
    if (word) this.film.hear(word[1], word[2]);
  }

  /* Put the cursor before or around a word of the text. */
  focusWord(at) {
    const found = [...this.text.value.matchAll(/\S+/gu)][at];
    this.text.focus();
    if (found) this.text.setSelectionRange(found.index, found.index + found[0].length);
  }

  nextUnsure(from) {
    const count = tokens(this.cue.text).length;
    for (let at = from; at < count; at += 1) if (this.cue.words[at]?.[3] < this.unsure) return at;
    return -1;
  }

  pressed(event) {
    const at = [...this.words.children].indexOf(event.target.closest(".word"));
    if (at < 0) return;
    this.stopAt(at);
    this.hearWord(at);
  }

  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.altKey) return;
    event.preventDefault();
    const words = [...this.words.children];
    const at = Math.min(Math.max(words.indexOf(document.activeElement) + step, 0), words.length - 1);
    this.stopAt(at);
    words[at].focus();
  }

  stopAt(at) {
    [...this.words.children].forEach((word, index) => { word.tabIndex = index === at ? 0 : -1; });
  }
}
