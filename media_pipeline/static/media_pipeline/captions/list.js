/* The list of cues. A row is plain text until it is worked on; then the one form there is moves into
   it. Only what changed is drawn again, and rows out of sight cost the browser nothing
   (content-visibility), so that three hours of film stay fluid. */

import { written } from "./times.js";
import { wordAt } from "./words.js";

export class CueList {
  constructor(root, { template, form, said, unsure }) {
    Object.assign(this, { root, template, form, said, unsure });
    this.rows = new Map();
    this.chosen = new Set();
    this.activeId = null;
  }

  /* Draw the cues, with what each breaks ({rule, cue, sentence}). */
  draw(cues, broken) {
    const byCue = Map.groupBy ? Map.groupBy(broken, ({ cue }) => cue) : grouped(broken);
    const ids = new Set(cues.map((cue) => cue.id));
    for (const [id, row] of this.rows) {
      if (ids.has(id)) continue;
      if (row.element.contains(this.form)) this.form.remove();
      row.element.remove();
      this.rows.delete(id);
      this.chosen.delete(id);
    }
    let place = this.root.firstElementChild;
    cues.forEach((cue, at) => {
      const row = this.row(cue);
      if (row.element === place) place = place.nextElementSibling;
      else this.root.insertBefore(row.element, place);
      this.fill(row, cue, at, byCue.get(at + 1) ?? []);
    });
  }

  row(cue) {
    if (!this.rows.has(cue.id)) {
      const element = this.template.content.firstElementChild.cloneNode(true);
      const part = (name) => element.querySelector(`.cue__${name}`);
      element.dataset.id = cue.id;
      this.rows.set(cue.id, {
        element,
        pick: part("pick"),
        number: part("number"),
        times: part("times"),
        speaker: part("speaker"),
        flags: part("flags"),
        text: part("text"),
        broken: part("broken"),
      });
    }
    return this.rows.get(cue.id);
  }

  fill(row, cue, at, broken) {
    const key = broken.map(({ sentence }) => sentence).join("\n");
    if (row.cue === cue && row.at === at && row.key === key) return;
    if (row.at !== at || row.cue?.start !== cue.start || row.cue?.end !== cue.end) {
      const times = `${written(cue.start)} – ${written(cue.end)}`;
      row.times.textContent = times;
      row.number.textContent = at + 1;
      row.number.setAttribute("aria-label", fill(this.said.cue, { number: at + 1, times }));
      row.pick.setAttribute("aria-label", fill(this.said.choose_cue, { number: at + 1 }));
    }
    if (row.cue !== cue) {
      row.speaker.textContent = cue.speaker;
      this.text(row, cue);
    }
    if (row.key !== key) {
      row.broken.replaceChildren(...broken.map(({ sentence }) => made("li", "", sentence)));
      row.element.classList.toggle("cue--broken", broken.length > 0);
    }
    const unsure = cue.words.filter((word) => word[3] < this.unsure).length;
    row.flags.textContent = unsure ? fill(unsure === 1 ? this.said.unsure_one : this.said.unsure_many, { count: unsure }) : "";
    Object.assign(row, { cue, at, key });
  }

  /* The text with the words the recogniser was unsure of underlined. */
  text(row, cue) {
    if (!cue.text) {
      row.text.replaceChildren(made("em", "cue__empty", this.said.no_text));
      return;
    }
    const parts = [];
    let at = 0;
    let word = 0;
    for (const found of cue.text.matchAll(/\S+/gu)) {
      const known = cue.words[word];
      word += 1;
      if (!known || known[3] >= this.unsure) continue;
      parts.push(cue.text.slice(at, found.index), doubted(known, found[0], this.said));
      at = found.index + found[0].length;
    }
    row.text.replaceChildren(...parts, cue.text.slice(at));
  }

  /* Make one cue the one being worked on; its row takes the form in. Returns its row. */
  activate(cue) {
    const before = this.rows.get(this.activeId);
    const row = this.rows.get(cue?.id);
    if (before && before !== row) {
      before.element.classList.remove("cue--active");
      before.element.removeAttribute("aria-current");
      before.number.tabIndex = -1;
    }
    this.activeId = cue?.id ?? null;
    if (!row) {
      this.form.remove();
      return null;
    }
    row.element.classList.add("cue--active");
    row.element.setAttribute("aria-current", "true");
    row.number.tabIndex = 0;
    if (this.form.parentElement !== row.element) row.element.append(this.form);
    return row;
  }

  /* Mark the cue that the film shows now. */
  mark(cue) {
    const row = this.rows.get(cue?.id);
    if (this.spoken === row) return;
    this.spoken?.element.classList.remove("cue--spoken");
    row?.element.classList.add("cue--spoken");
    this.spoken = row;
  }

  choose(id, chosen) {
    if (chosen) this.chosen.add(id);
    else this.chosen.delete(id);
    const row = this.rows.get(id);
    if (row) row.pick.checked = chosen;
  }

  /* Which cue and word a press of the pointer was on: {id, word}, word -1 beside the text. */
  at(event) {
    const element = event.target.closest(".cue");
    if (!element) return null;
    const id = Number(element.dataset.id);
    const text = event.target.closest(".cue__text");
    if (!text) return { id, word: -1 };
    const { node, place } = under(event);
    if (!node || !text.contains(node)) return { id, word: -1 };
    const range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(node, place);
    const before = range.toString();
    return { id, word: wordAt(text.textContent, before.length), place: before.length };
  }
}

export function fill(text, values) {
  return text.replace(/%\((\w+)\)s/gu, (whole, name) => values[name] ?? whole);
}

export function made(tag, name, text = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = text;
  return element;
}

function doubted(word, text, said) {
  const mark = made("span", "unsure", text);
  mark.title = fill(said.confidence, { percent: Math.round(100 * word[3]) });
  return mark;
}

function under({ clientX, clientY }) {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(clientX, clientY);
    return { node: found?.offsetNode, place: found?.offset };
  }
  const found = document.caretRangeFromPoint?.(clientX, clientY);
  return { node: found?.startContainer, place: found?.startOffset };
}

function grouped(broken) {
  const found = new Map();
  for (const one of broken) found.set(one.cue, [...found.get(one.cue) ?? [], one]);
  return found;
}
