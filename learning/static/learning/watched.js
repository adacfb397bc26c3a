/* Watched segments, [start, end] in seconds of a film: pure, and joined as the server joins them
   (`union_of` in learning/models/progress.py). */

const LARGEST_GAP = 0.5; // seconds between two segments that count as one
const LONGEST_TICK = 1.5; // seconds: a larger step between two ticks is a jump, not watching

/* Segments in order of time, those that touch joined: so few that jumping about makes no heap. */
export function union(segments) {
  const joined = [];
  const watched = segments.filter(([start, end]) => end > start);
  for (const [start, end] of watched.sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && start <= last[1] + LARGEST_GAP) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

/* What of some segments lies outside others. */
export function without(segments, others) {
  let left = segments;
  for (const [from, to] of others) {
    left = left.flatMap(([start, end]) => [[start, Math.min(end, from)], [Math.max(start, to), end]]);
    left = left.filter(([start, end]) => end > start);
  }
  return left;
}

/* Follows a film: a segment grows while it plays on, and a new one begins after every jump. */
export class Watching {
  constructor() {
    this.segments = [];
    this.open = null;
  }

  tick(second, rate) {
    if (this.open && second >= this.open[1] && second - this.open[1] <= LONGEST_TICK * rate) {
      this.open[1] = second;
      return;
    }
    this.begin(second);
  }

  begin(second) {
    this.close();
    this.open = [second, second];
  }

  close() {
    if (this.open && this.open[1] > this.open[0]) this.segments.push(this.open);
    this.open = null;
  }

  /* The segments since the last time; a film that plays goes on from its last second. */
  take({ playing }) {
    const last = this.open?.[1];
    this.close();
    if (last !== undefined && playing) this.open = [last, last];
    const taken = union(this.segments);
    this.segments = [];
    return taken;
  }
}
