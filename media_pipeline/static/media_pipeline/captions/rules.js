/* The caption rules, as steps/caption_check.py and steps/breaks.py have them: the same breaks, the
   same sentences, the same score. The numbers and the lists of words come from Python as data;
   tests/browser/test_caption_modules.py holds both to the same answers. */

const NAMES = new WeakMap();
const SETS = new WeakMap();
const ENDS = [".", "!", "?", "…"];
const CLAUSES = [",", ";", ":", "–", "—"];
const EDGES = "\"'“”‘’()[].,;:!?…";
const I = /^I['’]/u;
const UPPER = /^\p{Lu}/u;

export const length = (text) => [...text].length;
export const tokens = (text) => text.split(/\s+/u).filter(Boolean);
const width = (words) => words.reduce((sum, word) => sum + length(word), 0) + words.length - 1;

function strip(text, edges, onlyEnd = false) {
  let from = 0;
  let to = text.length;
  while (!onlyEnd && from < to && edges.includes(text[from])) from += 1;
  while (to > from && edges.includes(text[to - 1])) to -= 1;
  return text.slice(from, to);
}

const plain = (text) => strip(text, EDGES).replaceAll("’", "'").toLowerCase();
const isName = (text) => UPPER.test(text) && text !== "I" && !I.test(text);

function sets(breaks) {
  if (!SETS.has(breaks)) {
    const kinds = ["conjunctions", "prepositions", "leaning", "auxiliaries", "numbers", "abbreviations"];
    SETS.set(breaks, Object.fromEntries(kinds.map((kind) => [kind, new Set(breaks[kind])])));
  }
  return SETS.get(breaks);
}

export function endsSentence(text, breaks) {
  const bare = strip(text, breaks.closers, true);
  if (!ENDS.some((end) => bare.endsWith(end))) return false;
  return !sets(breaks).abbreviations.has(bare.toLowerCase()) && !(length(bare) === 2 && UPPER.test(bare));
}

/* The price of a break after words[after]. */
export function price(words, after, breaks) {
  if (after + 1 >= words.length) return 0;
  const cost = byText(words[after], words[after + 1], breaks);
  return cost < breaks.prices.name && partsName(words, after, breaks) ? breaks.prices.name : cost;
}

function byText(word, following, breaks) {
  const { prices } = breaks;
  const known = sets(breaks);
  if (endsSentence(word, breaks)) return 0;
  const bare = strip(word, breaks.closers, true);
  if (CLAUSES.some((mark) => bare.endsWith(mark)) || "–—(".includes(following[0])) return prices.clause;
  const [spoken, then] = [plain(word), plain(following)];
  const numbers = known.numbers.has(spoken) && known.numbers.has(then);
  if ((isName(word) && isName(following)) || numbers) return prices.name;
  if (known.leaning.has(spoken) || known.prepositions.has(spoken) || known.conjunctions.has(spoken)) return prices.leaning;
  if (known.conjunctions.has(then)) return prices.conjunction;
  return known.prepositions.has(then) || known.auxiliaries.has(then) ? prices.preposition : prices.anywhere;
}

function partsName(words, after, breaks) {
  if (!breaks.names.length) return false;
  if (!NAMES.has(breaks)) {
    NAMES.set(breaks, {
      terms: new Set(breaks.names.map((term) => term.join(" "))),
      longest: Math.max(...breaks.names.map((term) => term.length)),
    });
  }
  const { terms, longest } = NAMES.get(breaks);
  const begin = Math.max(0, after - longest + 2);
  const near = words.slice(begin, after + longest).map(plain);
  const place = after - begin + 1;
  for (let first = 0; first < place; first += 1) {
    for (let last = place + 1; last <= Math.min(near.length, first + longest); last += 1) {
      if (terms.has(near.slice(first, last).join(" "))) return true;
    }
  }
  return false;
}

function priceOf(first, second, breaks) {
  return price([...first, ...second], first.length - 1, breaks);
}

/* Every rule that the cues break: [{rule, cue (from 1), sentence}], and the score from 0 to 100. */
export function check(cues, rules) {
  const broken = [];
  const lost = new Float64Array(cues.length);
  cues.forEach((cue, at) => {
    const found = new Map();
    const note = (rule, sentence) => {
      found.set(rule, rules.weights[rule]);
      broken.push({ rule, cue: at + 1, sentence });
    };
    ofTimes(cue, cues[at - 1], cues[at + 1], rules, note);
    ofText(cue, rules, note);
    ofBreaks(cue, cues[at + 1], rules, note);
    for (const weight of found.values()) lost[at] += weight;
  });
  const points = lost.reduce((sum, one) => sum + Math.max(0, 1 - one), 0);
  const score = cues.length ? Math.round((1000 * points) / cues.length) / 10 : 100;
  return { broken, score };
}

function ofTimes(cue, before, following, rules, note) {
  const seconds = cue.end - cue.start;
  if (cue.start < 0 || seconds <= 0) {
    note("order", `It does not end after it begins (${stamp(cue.start)}).`);
    return;
  }
  if (before && cue.start < before.start) {
    note("order", `It begins at ${stamp(cue.start)}, before the caption in front of it.`);
  } else if (before && cue.start < before.end - rules.tolerance / 3) {
    note("overlap", `It begins ${(before.end - cue.start).toFixed(2)} s before the caption in front of it has ended.`);
  }
  if (seconds < rules.least_seconds - rules.tolerance) {
    note("too_short", `It is shown for ${seconds.toFixed(2)} s; at least ${rules.least_seconds.toFixed(2)}.`);
  }
  if (seconds > rules.most_seconds + rules.tolerance) {
    note("too_long", `It is shown for ${seconds.toFixed(2)} s; at most ${rules.most_seconds}.`);
  }
  const gap = following ? following.start - cue.end : 0;
  if (gap > rules.tolerance / 3 && gap < rules.least_gap - rules.tolerance) {
    note("gap", `A gap of ${gap.toFixed(3)} s to the next caption flickers: close it, or leave ${rules.least_gap} s.`);
  }
}

function ofText(cue, rules, note) {
  const lines = linesOf(cue);
  if (!lines.length) {
    note("empty", "It has no text.");
    return;
  }
  if (lines.length > rules.most_lines) note("lines", `It has ${lines.length} lines; at most ${rules.most_lines}.`);
  for (const line of lines) {
    if (length(line) > rules.line_length) {
      const begin = [...line].slice(0, 60).join("");
      note("line_length", `A line has ${length(line)} characters; at most ${rules.line_length}: “${begin}”.`);
    }
  }
  const seconds = cue.end - cue.start;
  const characters = lines.reduce((sum, line) => sum + length(line), 0);
  if (seconds > 0 && characters / (seconds + rules.tolerance) > rules.reading_speed) {
    note("reading_speed", `It asks for ${(characters / seconds).toFixed(1)} characters a second; at most ${rules.reading_speed}.`);
  }
}

function ofBreaks(cue, following, rules, note) {
  const lines = linesOf(cue).map(tokens);
  for (let at = 0; at + 1 < lines.length; at += 1) ofBreak(lines[at], lines[at + 1], rules, note);
  if (lines.length === 2 && couldBalance(lines[0], lines[1], rules)) {
    note("balance", "One line is much longer than the other; break it nearer to the middle.");
  }
  if (!lines.length || !following || following.start - cue.end >= rules.breaks.long_pause) return;
  const opening = tokens(following.text);
  if (opening.length && cue.speaker === following.speaker) ofBreak(lines.at(-1), opening, rules, note);
}

function ofBreak(first, second, { breaks }, note) {
  const cost = priceOf(first, second, breaks);
  const place = `“${first.at(-1)} | ${second[0]}”`;
  if (cost >= breaks.prices.name) note("name", `A name or a number is parted: ${place}.`);
  else if (cost >= breaks.prices.leaning) note("break", `Words that belong together are parted: ${place}.`);
}

function couldBalance(first, second, rules) {
  const words = [...first, ...second];
  const distance = Math.abs(width(first) - width(second));
  if (distance < rules.unbalanced || "-–—".includes(second[0][0])) return false;
  const now = priceOf(first, second, rules.breaks);
  for (let at = 1; at < words.length; at += 1) {
    if (at === first.length) continue;
    const [one, two] = [words.slice(0, at), words.slice(at)];
    const fits = Math.max(width(one), width(two)) <= rules.line_length;
    const evener = Math.abs(width(one) - width(two)) < distance / 2;
    if (fits && evener && priceOf(one, two, rules.breaks) <= now) return true;
  }
  return false;
}

/* A text in one line, or in two of about the same length where one does not hold it. */
export function wrapped(text, rules) {
  const words = tokens(text);
  if (width(words) <= rules.line_length) return words.join(" ");
  let best = null;
  for (let at = 1; at < words.length; at += 1) {
    const [one, two] = [words.slice(0, at), words.slice(at)];
    const over = Math.max(0, width(one) - rules.line_length) + Math.max(0, width(two) - rules.line_length);
    const cost = 100 * over + 0.5 * price(words, at - 1, rules.breaks) + 0.12 * Math.abs(width(one) - width(two));
    if (!best || cost < best.cost) best = { cost, text: `${one.join(" ")}\n${two.join(" ")}` };
  }
  return best ? best.text : words.join(" ");
}

function linesOf(cue) {
  return cue.text.split("\n").filter((line) => line.trim());
}

function stamp(seconds) {
  const whole = Math.max(0, Math.round(seconds * 1000));
  const pad = (value, size) => String(value).padStart(size, "0");
  const minutes = Math.floor(whole / 60_000);
  const rest = whole % 60_000;
  return `${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}:${pad(Math.floor(rest / 1000), 2)}.${pad(rest % 1000, 3)}`;
}
