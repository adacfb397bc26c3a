// What the outline of a draft uses of CodeMirror.
export { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
export { openSearchPanel, search, searchKeymap } from "@codemirror/search";
export {
  EditorSelection,
  EditorState,
  Prec,
  RangeSet,
  RangeValue,
  StateEffect,
  StateField,
} from "@codemirror/state";
export {
  Decoration,
  EditorView,
  ViewPlugin,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
