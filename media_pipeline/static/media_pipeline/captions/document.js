/* What is being edited: a list of cues that never change in place. Each change makes a new list, so
   undoing is taking an older list, and what has to be saved is what differs from the list saved
   last. Nothing here knows the page. */

import { tokens, wrapped } from "./rules.js";
import { retimed, round, shared } from "./words.js";

const MOST_UNDO = 500;
const TOGETHER = 1500; // milliseconds: typing in one cue without a longer pause is undone at once
const LEAST = 0.05; // seconds that a cue lasts at least
const LEAST_PART = 0.3; // and that each part of a split cue lasts, where the cue is long enough

export class Refusal extends Error {}

let nextId = 1;
const made = (cue) => Object.freeze({ ...cue, id: nextId++ });
const changed = (cue, values) => Object.freeze({ ...cue, ...values });

export class CaptionDocument extends EventTarget {
  constructor(cues, { rules, limits, duration, said }) {
    super();
    this.cues = cues.map((cue) => made(cue));
    this.rules = rules;
    this.limits = limits;
    this.latest = duration ? Math.max(duration + 10, this.cues.at(-1)?.end ?? 0) : 24 * 3600;
    this.said = said;
    this.past = [];
    this.future = [];
    this.last = null;
  }

  /* Put a new list in place of the old one. Changes with the same name soon after one another are
     one step back. */
  become(cues, { active = null, together = null, told = "" } = {}) {
    const now = performance.now();
    const joins = together && this.last?.together === together && now - this.last.at < TOGETHER;
    if (!joins) this.past.push(this.cues);
    if (this.past.length > MOST_UNDO) this.past.shift();
    this.future = [];
    this.last = { together, at: now };
    this.cues = cues;
    this.dispatchEvent(new CustomEvent("change", { detail: { active, told } }));
  }

  replaced(at, removed, ...cues) {
    return [...this.cues.slice(0, at), ...cues, ...this.cues.slice(at + removed)];
  }

  undo() { this.travel(this.past, this.future, this.said.undone, this.said.nothing_to_undo); }

  redo() { this.travel(this.future, this.past, this.said.redone, this.said.nothing_to_redo); }

  travel(from, to, told, nothing) {
    const cues = from.pop();
    if (!cues) throw new Refusal(nothing);
    const active = cues.findIndex((cue, at) => cue !== this.cues[at]); // where something is different
    to.push(this.cues);
    this.cues = cues;
    this.last = null;
    this.dispatchEvent(new CustomEvent("change", { detail: { active: active < 0 ? cues.length - 1 : active, told } }));
  }

  setText(at, text) {
    const cue = this.cues[at];
    if (cue.text === text) return;
    if ([...text].length > this.limits.characters) throw new Refusal(this.said.too_long);
    if (text.split("\n").length > this.limits.lines) throw new Refusal(this.said.too_many_lines);
    const words = retimed(cue.words, text, cue.start, cue.end);
    this.become(this.replaced(at, 1, changed(cue, { text, words })), { active: at, together: `text ${cue.id}` });
  }

  setTimes(at, start, end) {
    const cue = this.cues[at];
    [start, end] = [round(start), round(end)];
    if (cue.start === start && cue.end === end) return;
    if (!(start >= 0) || !(end <= this.latest)) throw new Refusal(this.said.outside);
    if (end - start < LEAST) throw new Refusal(this.said.ends_before);
    if (at && start < this.cues[at - 1].start) throw new Refusal(this.said.before_previous);
    if (this.cues[at + 1] && start > this.cues[at + 1].start) throw new Refusal(this.said.after_next);
    this.become(this.replaced(at, 1, changed(cue, { start, end })), { active: at, together: `times ${cue.id}` });
  }

  /* Split a cue at a place in its text, at the end of the word there. */
  split(at, place) {
    const cue = this.cues[at];
    let cut = place;
    while (cut < cue.text.length && cut > 0 && /\S/u.test(cue.text[cut - 1]) && /\S/u.test(cue.text[cut])) cut += 1;
    const [first, second] = [cue.text.slice(0, cut).trim(), cue.text.slice(cut).trim()];
    if (!first || !second) throw new Refusal(this.said.nothing_to_split);
    if (this.cues.length >= this.limits.cues) throw new Refusal(this.said.too_many);
    const count = tokens(first).length;
    const spoken = cue.words.length ? cue.words : shared(tokens(cue.text), cue.start, cue.end);
    const least = Math.min(LEAST_PART, (cue.end - cue.start) / 2);
    const when = round(Math.min(Math.max(spoken[count][1], cue.start + least), cue.end - least));
    this.become(this.replaced(
      at,
      1,
      changed(cue, { end: when, text: first, words: cue.words.slice(0, count) }),
      made({ ...cue, start: when, text: second, words: cue.words.slice(count) }),
    ), { active: at + 1, told: this.said.split });
  }

  merge(at) {
    const [cue, next] = [this.cues[at], this.cues[at + 1]];
    if (!next) throw new Refusal(this.said.nothing_to_merge);
    const text = wrapped(`${cue.text} ${next.text}`, this.rules);
    if ([...text].length > this.limits.characters) throw new Refusal(this.said.too_long);
    const known = cue.words.length || next.words.length;
    const words = known ? [...wordsOf(cue), ...wordsOf(next)] : [];
    const merged = changed(cue, {
      end: Math.max(cue.end, next.end),
      text,
      words,
      speaker: cue.speaker || next.speaker,
    });
    this.become(this.replaced(at, 2, merged), { active: at, told: this.said.merged });
  }

  /* Insert an empty cue after one (or, with -1, before all), where there is room. */
  insert(at) {
    if (this.cues.length >= this.limits.cues) throw new Refusal(this.said.too_many);
    const [before, next] = [this.cues[at], this.cues[at + 1]];
    const start = Math.min(before?.end ?? 0, next?.start ?? Infinity, this.latest - 0.5);
    const room = (next?.start ?? Infinity) - start;
    const end = Math.min(start + Math.min(2, Math.max(0.5, room)), this.latest);
    const cue = made({ start: round(start), end: round(end), text: "", speaker: before?.speaker ?? "", words: [] });
    this.become(this.replaced(at + 1, 0, cue), { active: at + 1, told: this.said.inserted });
  }

  remove(at) {
    if (!this.cues[at]) return;
    const active = Math.min(at, this.cues.length - 2);
    this.become(this.replaced(at, 1), { active, told: this.said.deleted });
  }

  setSpeaker(ids, name) {
    const speaker = tokens(name).join(" ").replace(/[<>]/gu, "").slice(0, this.limits.name);
    const cues = this.cues.map((cue) => (ids.has(cue.id) && cue.speaker !== speaker ? changed(cue, { speaker }) : cue));
    this.becomeIfOther(cues, { told: this.said.speaker_set });
  }

  renameSpeaker(from, to) {
    this.setSpeaker(new Set(this.cues.filter((cue) => cue.speaker === from).map((cue) => cue.id)), to);
  }

  speakers() {
    return [...new Set(this.cues.map((cue) => cue.speaker).filter(Boolean))].sort((a, b) => a.localeCompare(b));
  }

  /* A person has listened: every word of the cue is as it should be. */
  markRight(at) {
    const cue = this.cues[at];
    const words = cue.words.map(([text, start, end]) => [text, start, end, 1]);
    this.becomeIfOther(this.replaced(at, 1, changed(cue, { words })), { active: at, told: this.said.marked_right });
  }

  /* Put words in place of others; `only` is a cue and a place in its text, or everywhere. Returns how
     often. */
  replace(pattern, replacement, only = null) {
    let count = 0;
    const cues = this.cues.map((cue, at) => {
      if (only && only.at !== at) return cue;
      const text = cue.text.replace(pattern, (...found) => {
        const place = found.at(typeof found.at(-1) === "object" ? -3 : -2);
        if (only && only.place !== place) return found[0];
        count += 1;
        return replacement;
      });
      if (text === cue.text) return cue;
      const tidy = text.split("\n").map((line) => line.trim()).join("\n");
      if ([...tidy].length > this.limits.characters) throw new Refusal(this.said.too_long);
      return changed(cue, { text: tidy, words: retimed(cue.words, tidy, cue.start, cue.end) });
    });
    if (count) this.becomeIfOther(cues, { active: only?.at ?? null });
    return count;
  }

  becomeIfOther(cues, detail) {
    if (cues.some((cue, at) => cue !== this.cues[at])) this.become(cues, detail);
  }
}

function wordsOf(cue) {
  return cue.words.length ? cue.words : shared(tokens(cue.text), cue.start, cue.end);
}

/* A pattern that finds a text as it is written. */
export function pattern(text, { matchCase, wholeWord }) {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&").replace(/\s+/gu, "\\s+");
  const [before, after] = wholeWord ? ["(?<![\\p{L}\\p{N}])", "(?![\\p{L}\\p{N}])"] : ["", ""];
  return new RegExp(`${before}${escaped}${after}`, matchCase ? "gu" : "giu");
}

/* What must be sent so that the list saved last becomes this one: [from, removed, cues]. */
export function difference(saved, cues) {
  let head = 0;
  while (head < saved.length && head < cues.length && saved[head] === cues[head]) head += 1;
  let tail = 0;
  while (
    tail < Math.min(saved.length, cues.length) - head
    && saved[saved.length - 1 - tail] === cues[cues.length - 1 - tail]
  ) tail += 1;
  return [head, saved.length - head - tail, cues.slice(head, cues.length - tail).map(sent)];
}

export function sent({ start, end, text, speaker, words }) {
  return { start, end, text, speaker, words };
}
