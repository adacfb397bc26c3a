/* The film beside the cues: it plays a word, a cue, or on; and shows the cue as viewers get it. */

const AFTER = 0.15; // seconds to go on after a word, so that its end is heard

export class Film {
  constructor(video, shown) {
    this.video = video;
    this.shown = shown;
    this.until = null;
    this.watch = this.watch.bind(this);
    for (const track of video?.textTracks ?? []) track.mode = "disabled";
    video?.textTracks.addEventListener("addtrack", ({ track }) => { track.mode = "disabled"; });
    video?.addEventListener("pause", () => { this.until = null; });
  }

  get place() { return this.video?.currentTime ?? 0; }

  get playing() { return Boolean(this.video && !this.video.paused); }

  /* Play from one second to another, then stop; the place stays at the end of what was heard. */
  hear(start, end) {
    if (!this.video) return;
    this.video.currentTime = Math.max(0, start);
    this.until = end + AFTER;
    this.play();
    requestAnimationFrame(this.watch);
  }

  toggle() {
    if (!this.video) return;
    this.until = null;
    if (this.video.paused) this.play();
    else this.video.pause();
  }

  play() { this.video.play().catch(() => {}); } // refused by the browser: its own button still works

  move(seconds) {
    if (!this.video) return;
    this.until = null;
    this.video.currentTime = Math.max(0, this.video.currentTime + seconds);
  }

  go(second) {
    if (!this.video) return;
    this.until = null;
    this.video.currentTime = Math.max(0, second);
  }

  watch() {
    if (this.until === null) return;
    if (!this.video.seeking && this.video.currentTime >= this.until) this.video.pause();
    else requestAnimationFrame(this.watch);
  }

  show(cue) {
    const text = cue ? (cue.speaker ? `${cue.speaker}: ` : "") + cue.text : "";
    if (this.shown.textContent !== text) this.shown.textContent = text;
    this.shown.hidden = !text;
  }
}

/* The cue shown at a second, or undefined. The cues are in the order of their starts. */
export function shownAt(cues, second) {
  let [low, high] = [0, cues.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cues[middle].start <= second) low = middle + 1;
    else high = middle;
  }
  const cue = cues[low - 1];
  return cue && second < cue.end ? { cue, at: low - 1 } : undefined;
}
