/* Keeps the words' own times while the text changes, as steps/word_times.py does: a word that stays
   keeps when it was spoken, new words share the time between their neighbours by their length.
   A word is [text, start, end, confidence]; times in seconds. */

import { tokens } from "./rules.js";

const EDGES = /^["'“”‘’()[\].,;:!?…–—-]+|["'“”‘’()[\].,;:!?…–—-]+$/gu;
const LEAST_KEPT = 0.25; // of the words written: fewer that are the same are so by chance
export const round = (seconds) => Math.round(seconds * 1000) / 1000;

export function key(text) {
  return text.toLowerCase().replaceAll("’", "'").replace(EDGES, "") || text;
}

/* The words for a text said between two seconds, from the words before. */
export function retimed(words, text, start, end) {
  const written = tokens(text);
  if (!words.length || !written.length) return [];
  const same = longestCommon(words.map((word) => key(word[0])), written.map(key));
  if (same.length < LEAST_KEPT * written.length) {
    return shared(written, words[0][1], Math.max(...words.map((word) => word[2])));
  }
  const found = [];
  let [old, now] = [0, 0];
  const fill = (until, nowUntil) => {
    if (now === nowUntil) return;
    const replaced = old < until;
    const left = replaced ? words[old][1] : (old ? words[old - 1][2] : start);
    const right = replaced ? words[until - 1][2] : (old < words.length ? words[old][1] : end);
    found.push(...shared(written.slice(now, nowUntil), left, Math.max(left, right)));
  };
  for (const [i, j] of [...same, [words.length, written.length]]) {
    fill(i, j);
    if (i < words.length) {
      const word = words[i];
      found.push(word[0] === written[j] ? word : [written[j], word[1], word[2], 1]);
    }
    [old, now] = [i + 1, j + 1];
  }
  return forwards(found);
}

/* Words that share the seconds from left to right by their length. */
export function shared(written, left, right) {
  const whole = written.reduce((sum, text) => sum + text.length, 0) || 1;
  let clock = left;
  return written.map((text) => {
    const from = clock;
    clock += ((right - left) * text.length) / whole;
    return [text, round(from), round(clock), 1];
  });
}

/* The words of a cue to listen to: its own, or, where it has none, shares of its time. */
export function spoken(cue) {
  return cue.words.length ? cue.words : shared(tokens(cue.text), cue.start, cue.end);
}

/* Which word of a text a place in it belongs to, counted from 0; -1 in an empty text. */
export function wordAt(text, place) {
  const before = tokens(text.slice(0, place));
  const inside = place > 0 && /\S/u.test(text[place - 1]);
  return Math.min(inside ? before.length - 1 : before.length, tokens(text).length - 1);
}

function forwards(words) {
  let clock = 0;
  return words.map(([text, start, end, confidence]) => {
    clock = Math.max(clock, start);
    return [text, clock, Math.max(clock, end), confidence];
  });
}

/* Pairs of places where two lists of words have the same, as many as there can be, in order. */
function longestCommon(before, after) {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - head
    && before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) tail += 1;
  const pairs = [];
  for (let at = 0; at < head; at += 1) pairs.push([at, at]);
  const [one, two] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  for (const [i, j] of ofMiddle(one, two)) pairs.push([head + i, head + j]);
  for (let at = tail; at > 0; at -= 1) pairs.push([before.length - at, after.length - at]);
  return pairs;
}

function ofMiddle(one, two) {
  const table = Array.from({ length: one.length + 1 }, () => new Uint16Array(two.length + 1));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = two.length - 1; j >= 0; j -= 1) {
      table[i][j] = one[i] === two[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  const pairs = [];
  let [i, j] = [0, 0];
  while (i < one.length && j < two.length) {
    if (one[i] === two[j]) pairs.push([i++, j++]);
    else if (table[i + 1][j] >= table[i][j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}
