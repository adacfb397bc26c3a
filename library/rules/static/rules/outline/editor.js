/* The text of a draft in CodeMirror, beside its source. Without this the same form is a plain textarea.

   Lines are moved and numbered by lines.js; what belongs to a line (its source, a doubt) goes with it while one types. */

import {
  Decoration, EditorState, EditorView, Prec, RangeSet, RangeValue, StateField, ViewPlugin, defaultKeymap, drawSelection,
  highlightActiveLine, highlightActiveLineGutter, history, historyKeymap, keymap, lineNumbers, openSearchPanel, search, searchKeymap,
} from "../../vendor/codemirror/codemirror.js";
import { indented, moved, renumbered } from "./lines.js";

const data = (id) => JSON.parse(document.getElementById(id).textContent);
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const DEEPEST = 8; // levels by which a wrapped line hangs in

class Anchor extends RangeValue {
  constructor(line, blocks) {
    super();
    this.line = line;
    this.blocks = blocks;
  }
}

/** Which line of the text, as it was loaded, stands where now; and of which blocks of the source it was made. */
function anchors(count, links) {
  const blocks = new Map(links.map(([line, first, last]) => [line, [first, last]]));
  return StateField.define({
    create: (state) =>
      RangeSet.of(
        Array.from({ length: Math.min(count, state.doc.lines) }, (_, at) =>
          new Anchor(at + 1, blocks.get(at + 1)).range(state.doc.line(at + 1).from)),
      ),
    update: (set, transaction) => (transaction.docChanged ? set.map(transaction.changes) : set),
  });
}

/** Lines that something is to be said of: doubts, and what could not be read. */
function marks(doubts, problems) {
  return StateField.define({
    create: (state) => {
      const named = new Map();
      for (const [line, words] of doubts) named.set(line, ["outline-line--doubt", words]);
      for (const [line, words] of problems) named.set(line, ["outline-line--problem", words]);
      const ordered = [...named].filter(([line]) => line <= state.doc.lines).sort((one, other) => one[0] - other[0]);
      return RangeSet.of(ordered.map(([line, [name, title]]) =>
        Decoration.line({ class: name, attributes: { title } }).range(state.doc.line(line).from)));
    },
    update: (set, transaction) => set.map(transaction.changes),
    provide: (field) => EditorView.decorations.from(field),
  });
}

/** Lets a line that wraps hang in as far as it stands, and draws headings as such. */
const hanging = ViewPlugin.fromClass(
  class {
    constructor(view) { this.decorations = drawn(view); }
    update(update) { if (update.docChanged || update.viewportChanged) this.decorations = drawn(update.view); }
  },
  { decorations: (plugin) => plugin.decorations },
);

function drawn(view) {
  const found = [];
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      const depth = Math.min(Math.floor((line.text.length - line.text.trimStart().length) / 2), DEEPEST);
      const name = line.text.startsWith("#") ? "outline-line--heading" : `outline-line--${depth}`;
      found.push(Decoration.line({ class: name }).range(line.from));
      at = line.to + 1;
    }
  }
  return RangeSet.of(found, true);
}

function linesOf(state) {
  return state.doc.toString().split("\n");
}

function chosenLines(state) {
  const { from, to } = state.selection.main;
  const first = state.doc.lineAt(from).number - 1;
  const end = state.doc.lineAt(to);
  const last = to > from && to === end.from ? end.number - 2 : end.number - 1;
  return [first, Math.max(first, last)];
}

/** Writes the lines that differ; the cursor and what belongs to the lines stay with them. */
function write(view, change) {
  const { state } = view;
  const { doc } = state;
  const changes = [];
  change.lines.forEach((text, place) => {
    const line = doc.line(change.first + place + 1);
    if (line.text === text) return;
    let same = 0;
    while (same < Math.min(line.text.length, text.length) && line.text.at(-1 - same) === text.at(-1 - same)) same += 1;
    changes.push({ from: line.from, to: line.to - same, insert: text.slice(0, text.length - same) });
  });
  if (changes.length) view.dispatch({ changes, scrollIntoView: true, userEvent: "input.outline" });
  return true;
}

const indent = (by) => (view) => write(view, indented(linesOf(view.state), ...chosenLines(view.state), by));

const move = (up) => (view) => {
  const { state } = view;
  const change = moved(linesOf(state), ...chosenLines(state), up);
  if (!change) return true;
  const from = state.doc.line(change.first + 1).from;
  const { to } = state.doc.line(change.last + 1);
  const at = from + change.lines.slice(0, change.at - change.first).join("\n").length + (change.at > change.first ? 1 : 0);
  view.dispatch({
    changes: { from, to, insert: change.lines.join("\n") }, selection: { anchor: at }, scrollIntoView: true, userEvent: "move.outline",
  });
  return true;
};

function number(view) {
  return write(view, renumbered(linesOf(view.state), ...chosenLines(view.state)));
}

/** At the beginning of a line's words: joins them with the line above, whatever empty lines stand between. */
function join(view) {
  const { state } = view;
  const { main } = state.selection;
  const line = state.doc.lineAt(main.head);
  const words = line.from + (line.text.length - line.text.trimStart().length);
  if (!main.empty || main.head > words || line.number === 1 || !line.text.trim()) return false;
  let above = state.doc.line(line.number - 1);
  while (!above.text.trim() && above.number > 1) above = state.doc.line(above.number - 1);
  const space = above.text.trim() ? " " : "";
  view.dispatch({
    changes: { from: above.to, to: words, insert: space }, selection: { anchor: above.to + space.length }, scrollIntoView: true,
    userEvent: "delete.outline",
  });
  return true;
}

class Source {
  constructor(column) {
    this.column = column;
  }

  show(blocks) {
    for (const marked of this.column.querySelectorAll(".is-marked")) marked.classList.remove("is-marked");
    if (!blocks) return;
    const [first, last] = blocks;
    for (let index = first; index <= last; index += 1) document.getElementById(`s-${index}`)?.classList.add("is-marked");
    const block = document.getElementById(`s-${first}`);
    if (block) this.column.scrollTo({ top: block.offsetTop - this.column.clientHeight / 3, behavior: still ? "auto" : "smooth" });
  }
}

class Outline {
  constructor(form) {
    this.form = form;
    this.textarea = form.querySelector("textarea");
    this.given = data("outline-data");
    const column = document.querySelector(".draft__blocks");
    this.source = column && new Source(column);
    this.loaded = this.textarea.value;
    this.anchors = anchors(this.textarea.value.split("\n").length, this.given.links);
    this.view = new EditorView({ state: this.state(), parent: form.querySelector(".outline") });
    this.textarea.hidden = true;
    form.querySelector(`label[for="${this.textarea.id}"]`).removeAttribute("for");
    for (const element of document.querySelectorAll("[data-with-editor]")) element.hidden = false;
    this.listen();
    if (location.hash) this.goTo(location.hash);
  }

  state() {
    const help = { "aria-labelledby": "outline-label", "aria-describedby": "outline-help", spellcheck: "false", tabindex: "0" };
    return EditorState.create({
      doc: this.textarea.value,
      extensions: [
        lineNumbers(), history(), drawSelection(), highlightActiveLine(), highlightActiveLineGutter(), EditorView.lineWrapping,
        search({ top: true }), EditorState.phrases.of(this.given.phrases), EditorView.contentAttributes.of(help),
        EditorState.allowMultipleSelections.of(false), EditorState.tabSize.of(2),
        Prec.high(keymap.of([
          { key: "Tab", run: indent(1), shift: indent(-1) },
          { key: "Alt-ArrowUp", run: move(true) },
          { key: "Alt-ArrowDown", run: move(false) },
          { key: "Mod-Alt-n", run: number },
          { key: "Mod-s", run: () => { this.form.requestSubmit(); return true; } },
          { key: "Backspace", run: join },
        ])),
        keymap.of([...searchKeymap, ...historyKeymap, ...defaultKeymap]),
        this.anchors, marks(this.given.doubts, this.given.problems), hanging,
        EditorView.updateListener.of((update) => { if (update.selectionSet || update.docChanged) this.follow(); }),
      ],
    });
  }

  listen() {
    const does = { in: indent(1), out: indent(-1), up: move(true), down: move(false), number, find: openSearchPanel };
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-outline]");
      const link = event.target.closest('a[href^="#L"]');
      const block = event.target.closest(".draft-block[data-line]");
      if (button) {
        this.view.focus();
        does[button.dataset.outline](this.view);
      } else if (link || block) {
        event.preventDefault();
        this.goTo(link ? link.hash : `#L${block.dataset.line}`);
      }
    });
    document.getElementById("outline-chapter")?.addEventListener("change", (event) => this.goTo(event.target.value));
    this.form.addEventListener("submit", () => {
      this.textarea.value = this.view.state.doc.toString();
      this.loaded = this.textarea.value;
    });
    addEventListener("beforeunload", (event) => {
      if (this.view.state.doc.toString() !== this.loaded) event.preventDefault();
    });
  }

  /** Brings a line, by the number that it had when the text was loaded, into view. */
  goTo(hash) {
    const wanted = Number(hash.slice(2));
    const cursor = this.view.state.field(this.anchors).iter();
    while (cursor.value && cursor.value.line !== wanted) cursor.next();
    if (!cursor.value) return;
    this.form.querySelector(".draft__text").scrollIntoView({ block: "start" });
    this.view.dispatch({ selection: { anchor: cursor.from }, effects: EditorView.scrollIntoView(cursor.from, { yMargin: 80 }) });
    this.view.focus();
  }

  /** Shows in the source what the line with the cursor was made of. */
  follow() {
    if (!this.source) return;
    const line = this.view.state.doc.lineAt(this.view.state.selection.main.head);
    let blocks;
    this.view.state.field(this.anchors).between(line.from, line.to, (_from, _to, anchor) => { blocks ??= anchor.blocks; });
    this.source.show(blocks);
  }
}

const form = document.getElementById("outline-form");
if (form) new Outline(form);
