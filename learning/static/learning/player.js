/* The lesson's film: resume, a transcript that follows, and honest progress. How the film is fetched
   and played is media_pipeline/playing.js's part; here it is a video element like any other.
   Without this module the film still plays, with captions, from the second in the address. */

import { Unsent, sendKept } from "./unsent.js";
import { Watching } from "./watched.js";

const watch = document.getElementById("film");
const video = watch?.querySelector("video");
const REPORT_EVERY = 10_000; // milliseconds between two reports while the film plays
const watching = new Watching();
let unsent = null;
let played = false; // looking at a page is not watching: nothing is reported before the first play

async function report({ leaving = false } = {}) {
  if (played) unsent.add(watching.take({ playing: !video.paused }), video.ended ? 0 : video.currentTime);
  const result = await unsent.send({ leaving });
  if (result) say(result);
}

/* Say when what is watched is not being saved, and when it is again; each once. */
function say({ state, percent }) {
  if (percent !== undefined) {
    const line = watch.querySelector("[data-watched]");
    line.textContent = line.dataset.text.replace("%", percent);
  }
  const region = watch.querySelector("[data-saving]");
  if (state === region.dataset.saving) return;
  region.dataset.saving = state;
  region.replaceChildren(watch.querySelector(`template[data-state="${state}"]`).content.cloneNode(true));
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
    if (!video.paused && !video.seeking) watching.tick(video.currentTime, video.playbackRate);
  });
  video.addEventListener("playing", () => {
    played = true;
    watching.begin(video.currentTime);
  });
  video.addEventListener("seeking", () => watching.close());
  video.addEventListener("seeked", () => {
    if (!video.paused) watching.begin(video.currentTime);
  });
  video.addEventListener("pause", () => {
    watching.tick(video.currentTime, video.playbackRate);
    report();
  });
  video.addEventListener("ended", () => report());
  document.addEventListener("visibilitychange", () => report({ leaving: document.hidden }));
  addEventListener("pagehide", () => report({ leaving: true }));
  for (const back of ["online", "focus"]) addEventListener(back, () => report());
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
  const asked = new URLSearchParams(location.search).has("t");
  const newer = !asked && unsent.at >= Number(watch.dataset.leftAt) * 1000; // than what the server knows
  const start = newer ? unsent.position : Number(watch.dataset.start);
  const go = () => {
    if (Math.abs(video.currentTime - start) > 0.5) video.currentTime = start;
    follow(start);
  };
  if (!start) return;
  if (video.readyState >= 1) go();
  else video.addEventListener("loadedmetadata", go, { once: true });
}

if (video) {
  const { learner, film, csrf, progressUrl: url } = watch.dataset;
  unsent = new Unsent({ learner, url, film, csrf });
  listen();
  resume();
  report();
  sendKept({ csrf, except: unsent.name });
}
