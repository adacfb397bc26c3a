/* The lesson's film: resume, a transcript that follows, and honest progress. How the film is fetched
   and played is media_pipeline/playing.js's part; here it is a video element like any other.
   Without this module the film still plays, with captions, from the second in the address. */

const watch = document.getElementById("film");
const video = watch?.querySelector("video");
const REPORT_EVERY = 10_000; // milliseconds between two reports while the film plays
const LARGEST_GAP = 0.5; // seconds between two segments that count as one, as in `union_of`
const MOST_SEGMENTS = 400; // in one report; the server takes 500
const LONGEST_TICK = 1.5; // seconds: a larger step between two ticks is a jump, not watching

/* Watched segments since the last report that the server took. A segment grows while the film
   plays on, and a new one begins after every jump. */
class Watching {
  constructor() {
    this.segments = [];
    this.open = null;
  }

  tick(second) {
    if (this.open && second >= this.open[1] && second - this.open[1] <= LONGEST_TICK * video.playbackRate) {
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

  /* What to report now; playing on continues from the last second. */
  take() {
    const last = this.open?.[1];
    this.close();
    if (last !== undefined && !video.paused) this.open = [last, last];
    const all = union(this.segments);
    this.segments = all.slice(MOST_SEGMENTS); // the rest goes with the next report
    return all.slice(0, MOST_SEGMENTS);
  }

  putBack(segments) {
    this.segments = union(segments.concat(this.segments));
  }
}

/* Segments in order of time, those that touch joined: as the server stores them (`union_of`), so that what
   waits for a line that is bad stays as few as it can be. */
export function union(segments) {
  const joined = [];
  for (const [start, end] of [...segments].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && start <= last[1] + LARGEST_GAP) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

const watching = new Watching();

function form(segments) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", token());
  data.append("learner", watch.dataset.learner);
  data.append("segments", JSON.stringify(segments.map((s) => s.map((x) => Math.round(x * 100) / 100))));
  data.append("position", video.ended ? "0" : video.currentTime.toFixed(2));
  return data;
}

/* Signing in again, also in another tab, changes the token: the cookie has the one that holds now. */
function token() {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return cookie ? cookie[1] : watch.dataset.csrf;
}

async function report() {
  if (!played) return;
  const segments = watching.take();
  if (!segments.length && !moved) return;
  moved = false;
  try {
    // Whoever is signed out is sent to the sign-in page, which is no answer to a report.
    const options = { method: "POST", body: form(segments), keepalive: true, redirect: "manual" };
    const answer = await fetch(watch.dataset.progressUrl, options);
    if (!answer.ok) throw new Refused(answer.type === "opaqueredirect" ? "signedOut" : reasonOf(answer.status));
    show(await answer.json());
    say("");
  } catch (refusal) {
    watching.putBack(segments); // sent again with the next report
    moved = true;
    say(watch.dataset[refusal instanceof Refused ? refusal.message : "notSaved"]);
  }
}

class Refused extends Error {}

function reasonOf(status) {
  return { 403: "signedOut", 409: "another" }[status] ?? "notSaved";
}

/* What is not being saved is said once, and taken back once it is. */
function say(sentence) {
  const line = watch.querySelector("[data-unsaved]");
  if (line.textContent !== sentence) line.textContent = sentence;
}

let moved = false;
let played = false; // looking at a page is not watching: nothing is reported before the first play

function show({ percent }) {
  const line = watch.querySelector("[data-watched]");
  const text = line.dataset.text || "";
  line.textContent = text.replace("%", percent);
}

/* The transcript: the line being spoken is marked and kept in view, a click jumps to its second. */
const lines = [...watch?.querySelectorAll(".transcript [data-start]") ?? []];
const starts = lines.map((line) => Number(line.dataset.start));
let current = null;

function follow(second) {
  let index = -1;
  while (index + 1 < starts.length && starts[index + 1] <= second + 0.05) index += 1;
  const line = lines[index] ?? null;
  if (line === current) return;
  current?.removeAttribute("aria-current");
  current = line;
  if (!line) return;
  line.setAttribute("aria-current", "true");
  const list = line.closest(".transcript");
  if (list.contains(document.activeElement) && document.activeElement !== line) return;
  const top = line.offsetTop - list.clientHeight / 3;
  if (Math.abs(list.scrollTop - top) > list.clientHeight / 4) list.scrollTo({ top });
}

function jump(second) {
  video.currentTime = second;
  follow(second);
}

function listen() {
  video.addEventListener("timeupdate", () => {
    if (video.readyState === 0) return; // it changes to another quality, and is at no second
    follow(video.currentTime);
    if (!video.paused && !video.seeking) {
      watching.tick(video.currentTime);
      moved = true;
    }
  });
  video.addEventListener("playing", () => {
    played = true;
    watching.begin(video.currentTime);
  });
  video.addEventListener("seeking", () => watching.close());
  video.addEventListener("seeked", () => {
    moved = true;
    if (!video.paused) watching.begin(video.currentTime);
  });
  video.addEventListener("pause", () => {
    watching.tick(video.currentTime);
    report();
  });
  video.addEventListener("ended", report);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") report();
  });
  addEventListener("pagehide", report);
  setInterval(report, REPORT_EVERY);
  for (const [index, line] of lines.entries()) {
    line.addEventListener("click", (event) => {
      event.preventDefault();
      jump(starts[index]);
      video.play().catch(() => {});
    });
  }
}

function resume() {
  const start = Number(watch.dataset.start);
  const go = () => {
    if (Math.abs(video.currentTime - start) > 0.5) video.currentTime = start;
    follow(start);
  };
  if (!start) return;
  if (video.readyState >= 1) go();
  else video.addEventListener("loadedmetadata", go, { once: true });
}

if (video) {
  listen();
  resume();
}
