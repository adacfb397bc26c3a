/* What was watched and the server has not taken yet. It lies in this browser (localStorage), an entry
   a member, lesson and film, until the server has it: through a lost line, a closed tab, an ended session.
   Signing out clears it (membersnet/privacy.py). Sent twice it counts once: the server keeps a union. */

import { token } from "../party/token.js";
import { union, without } from "./watched.js";

const ENTRY = "watched"; // begins the name of each entry
const OWNER = "watched-by"; // whose entries these are
const OLDEST = 30 * 24 * 60 * 60 * 1000; // milliseconds after which an entry is forgotten
const STATES = { 401: "signed-out", 404: "gone", 409: "another", 410: "gone" }; // what a status says of saving

let most = 400; // segments in one report: a browser lets a page that is left send 64 KB

export class Unsent {
  constructor({ learner, url, film, csrf }) {
    Object.assign(this, { learner, url, film, csrf, sending: false, notBefore: 0 });
    this.name = `${ENTRY} ${learner} ${url} ${film}`;
    own(learner);
    const kept = read(this.name);
    this.segments = kept?.segments ?? [];
    this.position = kept?.position;
    this.at = kept?.at; // when the learner was there
    this.moved = kept !== null;
  }

  get waiting() {
    return this.moved || this.segments.length > 0;
  }

  /* Keep what was watched, in seconds, and where the learner is now. */
  add(segments, position) {
    const rounded = segments.map((segment) => segment.map(hundredths));
    this.segments = union([...this.segments, ...rounded]);
    const moved = hundredths(position) !== this.position;
    if (moved || rounded.length) this.at = Date.now();
    this.moved ||= moved;
    this.position = hundredths(position);
    if (this.waiting) this.keep();
  }

  /* Send what waits. Resolves to what became of it: `state`, and once it is saved `percent`; null
     where there was nothing to do. A page that is being left does not wait for an earlier answer. */
  async send({ leaving = false } = {}) {
    if (!this.waiting || (this.sending && !leaving) || performance.now() < this.notBefore) return null;
    this.sending = true;
    try {
      return await this.report();
    } finally {
      this.sending = false;
    }
  }

  async report() {
    const sent = this.segments.slice(0, most);
    this.moved = false;
    const answer = await this.post(sent);
    if (answer.status === 200) {
      this.taken(sent);
      return this.waiting ? this.report() : { state: "saved", percent: answer.percent };
    }
    if (answer.status === 410) forget(this.name); // of a film that is there no more
    this.moved = true;
    if (answer.status === 413 && most > 1) {
      most = Math.ceil(most / 2);
      return this.report();
    }
    this.notBefore = performance.now() + 1000 * answer.wait;
    return { state: STATES[answer.status] ?? (answer.status ? "busy" : "offline") };
  }

  /* Resolves to the status of the answer, 0 where there was none of the hub's, and what it says. */
  async post(segments, { again = true } = {}) {
    const body = new FormData();
    body.append("learner", this.learner);
    body.append("film", this.film);
    body.append("segments", JSON.stringify(segments));
    body.append("position", this.position);
    body.append("sent", Date.now());
    body.append("age", Math.max(0, Date.now() - this.at));
    const headers = { Accept: "application/json", "X-CSRFToken": token(this.csrf) };
    try {
      const answer = await fetch(this.url, { method: "POST", body, headers, keepalive: true, redirect: "manual" });
      if (answer.status === 403 && again) return this.post(segments, { again: false }); // with the fresh token
      const { percent } = answer.ok ? await answer.json() : {};
      return { status: answer.status, percent, wait: Number(answer.headers.get("Retry-After")) || 0 };
    } catch {
      return { status: 0, wait: 0 };
    }
  }

  keep() {
    if (owner() !== this.learner) return; // signed out in another tab: kept in this page alone
    const kept = read(this.name);
    const { position, at } = kept?.at > this.at ? kept : this; // another tab may have been further on
    write(this.name, { segments: union([...kept?.segments ?? [], ...this.segments]), position, at });
  }

  taken(segments) {
    this.segments = without(this.segments, segments);
    own(this.learner);
    const kept = read(this.name);
    const left = without(kept?.segments ?? [], segments);
    if (kept && (left.length || this.waiting || kept.at > this.at)) write(this.name, { ...kept, segments: left });
    else forget(this.name);
  }
}

/* Send what waits of other lessons, too: of whoever opened a lesson in this browser last. */
export async function sendKept({ csrf, except = "" } = {}) {
  const learner = owner();
  if (!learner) return;
  for (const name of entries().filter((each) => each.startsWith(`${ENTRY} ${learner} `))) {
    if (name === except) continue;
    const [, , url, film] = name.split(" ");
    const result = await new Unsent({ learner, url, film, csrf }).send();
    if (result?.state === "another") forget(name);
  }
}

/* Entries are one person's at a time: nothing of another's stays in a browser that two use. */
function own(learner) {
  const kept = (name) => name.startsWith(`${ENTRY} ${learner} `) && read(name)?.at > Date.now() - OLDEST;
  for (const name of entries()) if (!kept(name)) forget(name);
  write(OWNER, learner);
}

function owner() {
  return read(OWNER);
}

function entries() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(`${ENTRY} `));
  } catch {
    return []; // a browser that keeps nothing
  }
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // more than this browser keeps: it stays in the page
  }
}

function forget(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // nothing was kept
  }
}

function hundredths(second) {
  return Math.round(second * 100) / 100;
}
