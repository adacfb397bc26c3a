/* Saves by itself. What is not saved yet lies in this tab's own memory too (sessionStorage), so that
   a reload, a crash or a lost connection takes nothing. */

import { token } from "../../party/token.js";
import { difference, sent } from "./document.js";

const PAUSE = 1200; // milliseconds without a change before the draft is saved
const KEEP = 300; // and before the copy in this tab is renewed
const AGAIN = [2000, 5000, 10_000, 30_000]; // between attempts while there is no connection

export class Saving extends EventTarget {
  /* `local` names the copy in this tab; `revision` is the server's of the cues given. */
  constructor(doc, { url, csrf, local, revision }) {
    super();
    Object.assign(this, { doc, url, csrf, local, revision });
    this.saved = doc.cues;
    this.state = "saved";
    this.failures = 0;
    this.busy = null;
    doc.addEventListener("change", () => this.changed());
    addEventListener("online", () => this.save());
    addEventListener("pagehide", () => this.keep());
    addEventListener("beforeunload", (event) => {
      this.keep();
      if (this.dirty && !this.leaving && this.state !== "unsaved") event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => this.save());
    addEventListener("focus", () => this.save()); // back from where one signed in again
  }

  get dirty() { return this.saved !== this.doc.cues; }

  /* Take up what an earlier visit of this tab did not save. Returns whether there was anything. */
  restore(remade) {
    const kept = this.kept();
    const here = contents(this.doc.cues);
    if (!kept || contents(kept.cues) === here) {
      this.forget();
      return false;
    }
    this.doc.become(remade(kept.cues));
    const own = kept.revision === this.revision || kept.sending === digest(here);
    if (!own) this.become("conflict", this.doc.said.moved_on);
    return true;
  }

  kept() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.local));
      return Array.isArray(kept?.cues) ? kept : null;
    } catch {
      return null;
    }
  }

  changed() {
    if (this.state === "conflict") return this.keepSoon();
    if (!this.dirty) {
      clearTimeout(this.timer);
      this.forget();
      return this.become("saved", this.savedAt);
    }
    this.become("unsaved");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
    return this.keepSoon();
  }

  keepSoon() {
    clearTimeout(this.keeper);
    this.keeper = setTimeout(() => this.keep(), KEEP);
  }

  keep() {
    clearTimeout(this.keeper);
    if (!this.dirty) return;
    try {
      const { revision, sending } = this;
      sessionStorage.setItem(this.local, JSON.stringify({ revision, sending, cues: this.doc.cues.map(sent) }));
    } catch {
      // more than this browser keeps: the draft on the server is all there is
    }
  }

  forget() {
    clearTimeout(this.keeper);
    sessionStorage.removeItem(this.local);
  }

  /* Save now. Resolves to whether everything is saved. */
  async save() {
    clearTimeout(this.timer);
    if (this.busy) await this.busy;
    if (!this.dirty) return true;
    if (this.state === "conflict") return false;
    this.busy = this.send();
    const done = await this.busy;
    this.busy = null;
    return done && (this.dirty ? this.save() : true);
  }

  async send() {
    const { cues } = this.doc;
    this.become("saving");
    this.sending = digest(contents(cues)); // a page left now is known again by what it sent last
    let answer = await this.post({ revision: this.revision, splice: difference(this.saved, cues) });
    if (answer?.status === 409) answer = await this.post({ revision: this.revision, cues: cues.map(sent) });
    this.sending = undefined;
    if (!answer) return this.failed();
    if (!answer.ok) return this.refused(answer);
    this.saved = cues;
    this.revision = answer.revision;
    this.savedAt = answer.saved_at;
    this.failures = 0;
    if (this.dirty) {
      this.keep();
      this.changed();
    } else {
      this.forget();
      this.become("saved", answer.saved_at);
    }
    return true;
  }

  failed(state = "offline") {
    const wait = AGAIN[Math.min(this.failures, AGAIN.length - 1)];
    this.failures += 1;
    this.become(state);
    this.timer = setTimeout(() => this.save(), wait);
    return false;
  }

  refused({ status, sentence }) {
    if (!sentence && status !== 401) return this.failed("busy");
    this.become({ 401: "signed-out", 409: "conflict" }[status] ?? "refused", sentence);
    return false;
  }

  /* Keep what is here as a draft of its own. Resolves to where to compare it, or null. */
  async apart() {
    const answer = await this.post({ apart: true, cues: this.doc.cues.map(sent) });
    if (!answer?.ok) {
      this.become("conflict", answer?.sentence);
      return null;
    }
    this.leaving = true;
    this.saved = this.doc.cues;
    this.forget();
    return answer.url;
  }

  /* Let go of what is here. */
  drop() {
    this.leaving = true;
    this.saved = this.doc.cues;
    this.forget();
  }

  async post(body, { again = true } = {}) {
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token(this.csrf), Accept: "application/json" },
        body: JSON.stringify(body),
        redirect: "manual",
      });
      if (response.status === 403 && again) return this.post(body, { again: false }); // with the fresh token
      const json = response.headers.get("Content-Type")?.startsWith("application/json");
      return { ok: response.ok && json, status: response.status, ...(json ? await response.json() : {}) };
    } catch {
      return null;
    }
  }

  become(state, detail = "") {
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: { state, told: detail } }));
  }
}

function contents(cues) {
  return JSON.stringify(cues.map(sent));
}

/* A short name for a long text, the same for the same text. */
function digest(text) {
  let name = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) name = Math.imul(name ^ text.charCodeAt(at), 0x01000193);
  return `${text.length}.${name >>> 0}`;
}
