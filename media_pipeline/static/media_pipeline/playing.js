/* A film plays from its ladder of qualities as soon as somebody starts it, and not before: a page that
   is only read fetches neither the library nor the film. Without this module the film plays as a
   whole MP4, which is also what is left where a browser knows no other way.

   For pages that include media_pipeline/player.html. They need no word to this module: the video
   element stays the one to ask and to command. */

const PREFERENCE = "membersnet.film.quality";
const RENEW_AGAIN = 15_000; // milliseconds: an address that runs out sooner is not worth renewing
const TRIES = 3; // of fetching again what a bad line withheld

function remembered() {
  try { return localStorage.getItem(PREFERENCE) || "auto"; } catch { return "auto"; }
}

function remember(quality) {
  try { localStorage.setItem(PREFERENCE, quality); } catch { /* a private window forgets */ }
}

class Film {
  constructor(frame) {
    this.frame = frame;
    this.video = frame.querySelector("video");
    this.choice = frame.querySelector("[data-quality]");
    this.said = frame.querySelector("[data-said]");
    this.hls = null;
    this.begun = false;
    this.renewed = 0;
    this.tries = 0;
  }

  prepare() {
    this.upgradeControls();
    this.offerSpeeds();
    if (!this.frame.dataset.hls) return;
    this.offerQualities();
    for (const sign of ["pointerenter", "focusin", "touchstart"]) {
      this.frame.addEventListener(sign, () => this.library(), { once: true, passive: true });
    }
    this.video.addEventListener("play", () => this.begin());
    this.video.addEventListener("error", () => this.fetchWholeAgain());
    if (!this.video.paused) this.begin();
  }

  /* The upgraded player draws its own controls; the browser's stay where it could not load. */
  upgradeControls() {
    customElements.whenDefined("media-controller").then(() => {
      this.video.removeAttribute("controls");
      // It is on or off, whatever the film's other languages.
      this.frame.querySelector("media-captions-button")?.setAttribute("role", "switch");
    });
  }

  offerSpeeds() {
    const speed = this.frame.querySelector("[data-speed]");
    if (!speed) return;
    speed.closest("[data-choice]").hidden = false;
    speed.addEventListener("change", () => {
      this.video.defaultPlaybackRate = Number(speed.value); // what a change of source goes back to
      this.video.playbackRate = Number(speed.value);
    });
  }

  offerQualities() {
    this.choice.closest("[data-choice]").hidden = false;
    this.choice.value = remembered();
    if (this.choice.selectedIndex < 0) this.choice.value = this.nearest(remembered());
    this.choice.addEventListener("change", () => {
      remember(this.choice.value);
      if (this.begun) this.change();
    });
  }

  /* A film without the remembered rung gets its next lower one, or its lowest. */
  nearest(wanted) {
    const sides = this.rungs().map((option) => Number(option.value));
    const lower = sides.filter((side) => side <= Number(wanted));
    if (!sides.length || !Number(wanted)) return "auto";
    return String(lower.length ? Math.max(...lower) : Math.min(...sides));
  }

  rungs() {
    return [...this.choice.options].filter((option) => option.dataset.height);
  }

  library() {
    this.loading ??= import(this.frame.dataset.library).then((module) => module.default);
    return this.loading;
  }

  async begin() {
    if (this.begun) return;
    this.begun = true;
    try {
      this.Hls = await this.library();
    } catch {
      this.choice.closest("[data-choice]").hidden = true; // the whole MP4 goes on playing
      return;
    }
    if (!this.Hls.isSupported()) {
      for (const option of this.rungs()) option.remove(); // the browser chooses among them itself
      if (!this.choice.value) this.choice.value = "auto";
      this.native = Boolean(this.video.canPlayType("application/vnd.apple.mpegurl"));
      if (!this.native) this.choice.closest("[data-choice]").hidden = true;
    }
    this.open();
  }

  /* Another quality was chosen while the film is open. */
  change() {
    const alone = this.choice.value === "sound";
    if (this.hls && alone === this.alone) this.setRung(this.hls);
    else this.open();
  }

  /* Fetch what is chosen, from the second at which the film is, playing on if it plays. */
  open() {
    const { video } = this;
    const at = video.currentTime;
    const plays = !video.paused;
    this.alone = this.choice.value === "sound";
    const address = this.alone ? this.frame.dataset.sound : this.frame.dataset.hls;
    this.keepCaptions();
    this.say(this.alone ? this.said.dataset.soundOnly : "");
    this.hls?.destroy();
    this.hls = null;
    if (this.Hls.isSupported()) this.openLadder(address, at, plays);
    else if (this.native) this.openWhole(address, at, plays);
  }

  openLadder(address, at, plays) {
    const hls = new this.Hls({
      startPosition: at > 0 ? at : -1,
      capLevelToPlayerSize: true,
      enableWorker: false, // the rungs are fragmented MP4 already: a worker has nothing to do
      backBufferLength: 60,
      maxBufferLength: 30,
      maxMaxBufferLength: 60, // what is fetched ahead and never watched costs a line that is paid for
      // Captions are the page's own tracks, which these would empty.
      timelineController: undefined,
      subtitleTrackController: undefined,
      subtitleStreamController: undefined,
    });
    this.hls = hls;
    hls.on(this.Hls.Events.MANIFEST_PARSED, () => {
      this.setRung(hls, { first: true });
      if (plays) this.video.play().catch(() => {});
    });
    hls.on(this.Hls.Events.FRAG_BUFFERED, () => { this.tries = 0; });
    hls.on(this.Hls.Events.ERROR, (_event, problem) => this.meet(hls, problem));
    hls.loadSource(address);
    hls.attachMedia(this.video);
  }

  openWhole(address, at, plays) {
    const { video } = this;
    video.addEventListener("loadedmetadata", () => {
      if (at) video.currentTime = at;
      if (plays) video.play().catch(() => {});
    }, { once: true });
    if (address) video.src = address;
    else video.removeAttribute("src");
    video.load();
  }

  /* A rung that was chosen; or the smallest that looks right here, then as the line allows. */
  setRung(hls, { first = false } = {}) {
    const sides = hls.levels.map((level) => Math.min(level.width, level.height));
    const chosen = sides.indexOf(Number(this.choice.value));
    const sparing = navigator.connection?.saveData;
    hls.autoLevelCapping = sparing && chosen < 0 ? 0 : -1;
    if (first) hls.startLevel = chosen >= 0 ? chosen : sparing ? 0 : this.looksRight(hls.levels);
    if (chosen >= 0 && first) hls.loadLevel = chosen;
    else if (!first) hls.nextLevel = chosen;
  }

  looksRight(levels) {
    const needed = this.video.clientHeight * Math.min(devicePixelRatio || 1, 2) * 0.8;
    const index = levels.findIndex((level) => level.height >= needed);
    return index < 0 ? levels.length - 1 : index;
  }

  meet(hls, problem) {
    if (hls !== this.hls) return;
    const refused = [401, 403].includes(problem.response?.code);
    if (refused) this.renew();
    else if (!problem.fatal) return;
    else if (problem.type === this.Hls.ErrorTypes.MEDIA_ERROR && this.tries++ < TRIES) hls.recoverMediaError();
    else if (problem.type === this.Hls.ErrorTypes.NETWORK_ERROR && hls.levels.length && this.tries++ < TRIES) {
      setTimeout(() => hls === this.hls && hls.startLoad(), 1000 * this.tries);
    } else this.giveUp();
  }

  /* The address has run out: the lasting one, asked again, leads to a fresh one. */
  renew() {
    if (Date.now() - this.renewed < RENEW_AGAIN) return this.giveUp();
    this.renewed = Date.now();
    return this.open();
  }

  /* What is left is the whole MP4, at the same second, for a viewer who tries once more. */
  giveUp() {
    const at = this.video.currentTime;
    this.hls?.destroy();
    this.hls = null;
    this.openWhole("", at, false);
    this.say(this.said.dataset.lost);
  }

  /* The whole MP4's address runs out too; its lasting one stands in the page. */
  fetchWholeAgain() {
    if (this.hls || Date.now() - this.renewed < RENEW_AGAIN) return;
    this.renewed = Date.now();
    this.openWhole(this.video.getAttribute("src"), this.video.currentTime, !this.video.paused);
  }

  /* A change of source would choose the captions anew: what the viewer chose stays. */
  keepCaptions() {
    const modes = [...this.video.textTracks].map((track) => [track, track.mode]);
    this.video.addEventListener("loadedmetadata", () => {
      for (const [track, mode] of modes) track.mode = mode;
    }, { once: true });
  }

  say(sentence) {
    this.said.textContent = sentence;
  }
}

for (const frame of document.querySelectorAll(".film")) new Film(frame).prepare();
