/* What lines of an outline are, and how they are moved and numbered: pure, on lists of lines.

   docs/rule-outline.md has the grammar. A change is `{first, last, lines}`: the lines from `first` to `last`
   (both included, counted from 0) become others. */

const HEADING = /^(\s*)(#+)(?=\s|$)/;
// As library.rules.rulebooks.numbering reads them: a word with a full stop, “Words.”, is no number.
const ROMAN = "(?=[mdclxvi])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})";
const NUMBER = `[0-9]+(?:\\.[0-9A-Za-z]+)*[A-Za-z]?|${ROMAN}|${ROMAN.replace(/[a-z]/g, (letter) => letter.toUpperCase())}|(?<letter>[A-Za-z])\\k<letter>{0,2}`;
const NUMBERED = new RegExp(`^(?<before>\\s*\\(?)(?<number>${NUMBER})(?<after>[.)](?:\\s.*)?)$`);
const BULLET = /^(?<before>\s*)-(?<after>\s.*)?$/;
const NAMED =
  /^(?<before>#+\s+(?:Part|Chapter|Article|Section|Rule|Schedule|Appendix|Clause)\s+)(?<number>[0-9A-Za-z]+)(?<after>(?:\s|:).*)?$/i;
const NUMERALS = [
  [1000, "m"], [900, "cm"], [500, "d"], [400, "cd"], [100, "c"], [90, "xc"], [50, "l"], [40, "xl"], [10, "x"], [9, "ix"],
  [5, "v"], [4, "iv"], [1, "i"],
];

/** How far out a line stands: headings before items, the less moved in the further; empty lines belong to what is above. */
export function rank(line) {
  if (!line.trim() || /^\s*:\s/.test(line)) return Infinity;
  const heading = HEADING.exec(line);
  return heading ? heading[2].length - 1000 : line.length - line.trimStart().length;
}

/** The last line of what begins at `first`, with all that stands below it, without empty lines at its end. */
export function endOf(lines, first) {
  const out = rank(lines[first]);
  let last = first;
  while (last + 1 < lines.length && rank(lines[last + 1]) > out) last += 1;
  while (last > first && !lines[last].trim()) last -= 1;
  return last;
}

/** The lines `first` to `last` with all that stands below any of them. */
export function withBelow(lines, first, last) {
  while (first < last && !lines[first].trim()) first += 1;
  let end = last;
  for (let line = first; line <= end && line < lines.length; line += 1) {
    if (lines[line].trim()) end = Math.max(end, endOf(lines, line));
  }
  return [first, end];
}

/** Moves lines, with all below them, one level in (`by` 1) or out (`by` -1). Items below a heading go with it by themselves. */
export function indented(lines, first, last, by) {
  const [from, to] = withBelow(lines, first, last);
  let headed = false;
  const changed = lines.slice(from, to + 1).map((line) => {
    const heading = HEADING.exec(line);
    headed ||= Boolean(heading);
    if (heading) return by > 0 ? line.replace("#", "##") : line.replace(/###/, "##");
    if (headed || !line.trim() || /^\s*:\s/.test(line)) return line;
    return by > 0 ? `  ${line}` : line.replace(/^(?: {1,2}|\t)/, "");
  });
  return { first: from, last: to, lines: changed };
}

/** Changes places with the one before (`up`) or behind on the same level, each with all below it; null where there is none. */
export function moved(lines, first, last, up) {
  const [from, to] = withBelow(lines, first, last);
  const out = Math.min(...lines.slice(from, to + 1).map(rank));
  let start, middle, end;
  if (up) {
    start = from - 1;
    while (start >= 0 && rank(lines[start]) > out) start -= 1;
    if (start < 0 || rank(lines[start]) < out) return null;
    [middle, end] = [from, to];
  } else {
    middle = to + 1;
    while (middle < lines.length && !lines[middle].trim()) middle += 1;
    if (middle >= lines.length || rank(lines[middle]) < out) return null;
    [start, end] = [from, endOf(lines, middle)];
  }
  const gap = [];
  let above = middle - 1;
  while (above >= start && !lines[above].trim()) gap.unshift(lines[above--]);
  const one = lines.slice(start, above + 1);
  const other = lines.slice(middle, end + 1);
  return { first: start, last: end, lines: [...other, ...gap, ...one], at: up ? start : start + other.length + gap.length };
}

/** Numbers the chosen lines afresh, each level for itself, going on from what stands before them on theirs. */
export function renumbered(lines, first, last) {
  const counts = new Map(); // by how far out: the style and value of the number before
  const changed = lines.slice(first, last + 1).map((line, place) => {
    const out = rank(line);
    if (out === Infinity) return line;
    for (const level of [...counts.keys()]) if (level > out) counts.delete(level);
    const found = NUMBERED.exec(line) ?? NAMED.exec(line) ?? BULLET.exec(line);
    if (!found) return line;
    const { before, number = "", after = "" } = found.groups;
    const numbered = !BULLET.test(line);
    let row = counts.get(out) ?? numberBefore(lines, first + place, first, out);
    row = row ? { ...row, value: row.value + 1 } : begun(number, following(lines, first + place, out));
    if (!row) return line;
    counts.set(out, row);
    return `${before}${row.above}${written(row.style, row.value)}${numbered ? after : `.${after}`}`;
  });
  return { first, last, lines: changed };
}

function labelOf(line) {
  return (NUMBERED.exec(line) ?? NAMED.exec(line))?.groups.number;
}

/** The number of the nearest line above on the same level, where that is not chosen itself. */
function numberBefore(lines, at, first, out) {
  let line = at - 1;
  while (line >= 0 && rank(lines[line]) > out) line -= 1;
  if (line < 0 || line >= first || rank(lines[line]) < out) return null;
  const number = labelOf(lines[line]);
  return number ? meaning(number, labelOf(lines[at])) : null;
}

function following(lines, at, out) {
  let line = at + 1;
  while (line < lines.length && rank(lines[line]) > out) line += 1;
  return line < lines.length && rank(lines[line]) === out ? labelOf(lines[line]) : undefined;
}

function begun(number, next) {
  const row = number ? meaning(number, next) : { above: "", style: "1", value: 1 };
  return row && { ...row, value: 1 };
}

/** What a number is: what stands above its last dot, its style and value; `next` settles whether an "i" is a letter. */
function meaning(number, next) {
  const above = number.slice(0, number.lastIndexOf(".") + 1);
  const last = number.slice(above.length);
  if (/^[0-9]+/.test(last)) return { above, style: "1", value: parseInt(last, 10) };
  const upper = last === last.toUpperCase();
  const value = romanValue(last.toLowerCase());
  const asLetter = /^([a-z])\1*$/i.test(last);
  const roman = value && (!asLetter || (last.length > 1 ? next === undefined || romanValue(next.toLowerCase()) : isRoman(last, next)));
  if (roman) return { above, style: upper ? "I" : "i", value };
  if (!asLetter) return null;
  return { above, style: upper ? "A" : "a", value: last.toLowerCase().charCodeAt(0) - 96 + 26 * (last.length - 1) };
}

function isRoman(letter, next) {
  const after = next?.toLowerCase();
  if (after && letter.length === after.length && after.charCodeAt(0) === letter.toLowerCase().charCodeAt(0) + 1) return false;
  return /^[iI]$/.test(letter) || Boolean(after && after.length > 1 && romanValue(after) === romanValue(letter.toLowerCase()) + 1);
}

function romanValue(text) {
  let value = 0;
  let rest = text;
  for (const [worth, numeral] of NUMERALS) while (rest.startsWith(numeral)) [value, rest] = [value + worth, rest.slice(numeral.length)];
  return rest || written("i", value) !== text ? 0 : value;
}

export function written(style, value) {
  if (style === "1") return String(value);
  let text = "";
  if (style.toLowerCase() === "a") text = String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));
  else for (const [worth, numeral] of NUMERALS) while (value >= worth) [value, text] = [value - worth, text + numeral];
  return style === style.toUpperCase() ? text.toUpperCase() : text;
}
