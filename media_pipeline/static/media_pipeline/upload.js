/* Sends a film in pieces by the tus protocol (tus-js-client), so that a broken line costs nothing.
   It takes the form's file field over: the form then carries the upload's address, not the file. */

import { token } from "../party/token.js";

const MB = 1024 * 1024;
const LEAST = MB, MOST = 16 * MB, FIRST = 2 * MB; // bytes of a piece: what a few seconds can carry
const AIM = 4; // seconds a piece should take
const DELAYS = [0, 1000, 2000, 4000, 8000, 15000, 30000, 60000, 60000, 60000, 60000, 60000];
const FINAL = new Set([400, 403, 404, 410, 411, 412, 413, 415, 429, 507]); // trying again will not help

const box = document.querySelector("[data-film-upload]");
if (box && window.tus?.isSupported) start(box);

function start(box) {
  const sentences = JSON.parse(document.getElementById("upload-sentences").textContent);
  const part = (name) => box.querySelector(`[data-part="${name}"]`);
  const form = box.closest("form");
  const field = form.querySelector("input[name=film]");
  const arrived = form.querySelector("input[name=arrived]");
  const endpoint = new URL(box.dataset.endpoint, location.href).href;
  const most = Number(box.dataset.most);
  let upload = null, file = null, address = "", running = false, sendWhenArrived = false;
  let sent = 0, kept = 0, measured = [], milestone = 0; // bytes sent, and those the server has confirmed

  const say = (text) => { part("said").textContent = text; };
  const show = (text) => { part("sentence").textContent = text; };
  const complain = (text) => { part("error").textContent = text; };
  const words = (name, values = {}) => sentences[name].replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
  const figures = () => ({ sent: size(sent), kept: size(kept), whole: size(file.size), percent: percent(), name: file.name, most: size(most) });
  const percent = () => Math.floor((100 * sent) / file.size);

  field.addEventListener("change", () => choose(field.files[0]));
  part("pause").addEventListener("click", () => (running ? pause() : goOn()));
  part("remove").addEventListener("click", remove);
  window.addEventListener("online", () => { if (upload && !running && box.dataset.state === "stopped") goOn(); });
  window.addEventListener("beforeunload", (event) => { if (running) event.preventDefault(); });
  form.addEventListener("submit", onSubmit, true);

  async function choose(chosen) {
    await stop();
    forget();
    if (!chosen) return;
    file = chosen;
    if (!file.size || file.size > most) return refuse(words(file.size ? "tooLarge" : "empty", figures()));
    field.removeAttribute("name"); // the form no longer carries the file itself
    upload = new tus.Upload(file, options());
    part("now").hidden = false;
    show(words("preparing"));
    const before = await upload.findPreviousUploads();
    if (before.length) upload.resumeFromPreviousUpload(before.at(-1));
    begin();
  }

  function options() {
    let resumed = false;
    return {
      endpoint,
      httpStack: new CheckedStack(),
      chunkSize: FIRST,
      retryDelays: DELAYS,
      removeFingerprintOnSuccess: false,
      metadata: { filename: file.name, filetype: file.type },
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", token(form.elements.csrfmiddlewaretoken.value)),
      onUploadUrlAvailable: () => { address = upload.url; },
      onShouldRetry: (error) => {
        const retry = !FINAL.has(error.originalResponse?.getStatus());
        if (retry) { show(words("broken", figures())); state("broken"); }
        return retry;
      },
      onProgress: (bytes) => {
        if (!resumed) goingOn(bytes);
        resumed = true;
        progress(bytes);
      },
      onChunkComplete: (bytes, accepted) => { kept = accepted; adapt(bytes); },
      onSuccess: finished,
      onError: failed,
    };
  }

  function begin() {
    running = true;
    measured = [];
    complain("");
    state("running");
    part("pause").textContent = words("pause");
    upload.start();
  }

  function goingOn(bytes) {
    if (!bytes) return;
    sent = kept = bytes;
    milestone = Math.floor(percent() / 25) * 25;
    say(words("resumed", figures()));
  }

  function progress(bytes) {
    if (!running) return;
    sent = bytes;
    state("running");
    part("bar").value = sent / file.size;
    const now = performance.now() / 1000;
    measured.push([now, sent]);
    while (measured.length > 2 && measured[0][0] < now - 15) measured.shift();
    show(`${words("progress", figures())} ${rate()}`.trim());
    const reached = Math.floor(percent() / 25) * 25;
    if (reached > milestone && reached < 100) { milestone = reached; say(words("milestone", { percent: reached })); }
  }

  function rate() {
    const [begun, ...rest] = measured, last = rest.at(-1);
    const speed = last && last[0] - begun[0] > 1 ? (last[1] - begun[1]) / (last[0] - begun[0]) : 0;
    return speed > 0 ? words("rate", { speed: size(speed), left: time((file.size - sent) / speed) }) : "";
  }

  let lastPiece = 0;
  function adapt(bytes) {
    const now = performance.now(), took = (now - lastPiece) / 1000;
    if (lastPiece && took > 0) {
      upload.options.chunkSize = Math.round(Math.min(MOST, Math.max(LEAST, (bytes / took) * AIM)));
    }
    lastPiece = now;
  }

  async function stop() {
    running = false;
    lastPiece = 0;
    if (upload) await upload.abort();
  }

  async function pause() {
    await stop();
    state("paused");
    part("pause").textContent = words("goOn");
    show(words("paused", figures()));
    say(words("paused", figures()));
  }

  function goOn() {
    if (!upload.url && address) upload.url = address; // what was forgotten after a refusal
    begin();
  }

  function failed(error) {
    running = false;
    lastPiece = 0;
    const status = error.originalResponse?.getStatus() ?? 0;
    const said = FINAL.has(status) ? error.originalResponse.getBody().trim() : "";
    state("stopped");
    part("pause").textContent = words("goOn");
    const sentence = said && said.length < 400 && !said.startsWith("<") ? said : words("stopped", figures());
    show("");
    complain(sentence);
    sendWhenArrived = false;
  }

  function finished() {
    running = false;
    sent = file.size;
    part("bar").value = 1;
    arrived.value = upload.url.replace(/\/+$/, "").split("/").pop();
    state("arrived");
    part("pause").hidden = true;
    show(words("arrived", figures()));
    say(words("arrived", figures()));
    if (sendWhenArrived) form.requestSubmit();
  }

  async function remove() {
    const before = upload;
    await stop();
    forget();
    field.value = "";
    if (before?.url) await before.abort(true).catch(() => {});
    field.focus();
  }

  function forget() {
    upload = null;
    address = "";
    sent = kept = milestone = 0;
    arrived.value = "";
    field.setAttribute("name", "film");
    part("now").hidden = true;
    part("pause").hidden = false;
    part("bar").value = 0;
    box.querySelector(".film-upload__kept")?.remove();
    complain("");
    state("");
  }

  function refuse(text) {
    field.value = "";
    complain(text);
  }

  function onSubmit(event) {
    if (upload && !arrived.value) {
      event.preventDefault();
      event.stopImmediatePropagation();
      sendWhenArrived = true;
      say(words("sending"));
      complain(words("sending"));
      if (!running) goOn();
    }
  }

  function state(name) { box.dataset.state = name; }
  function time(seconds) {
    if (seconds < 90) return words("seconds", { count: Math.ceil(seconds) });
    const minutes = Math.round(seconds / 60);
    if (minutes < 90) return words("minutes", { count: minutes });
    return words("hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  }
}

/* Each piece goes with its SHA-256, where the browser offers one (on HTTPS and on this machine). */
class CheckedStack extends tus.DefaultHttpStack {
  createRequest(method, url) {
    const request = super.createRequest(method, url);
    if (!window.crypto?.subtle) return request;
    const send = request.send.bind(request), abort = request.abort.bind(request);
    let aborted = false;
    request.abort = () => { aborted = true; return abort(); };
    request.send = async (body = null) => {
      if (body) {
        const digest = await crypto.subtle.digest("SHA-256", await body.arrayBuffer());
        if (aborted) throw new Error("aborted");
        request.setHeader("Upload-Checksum", `sha256 ${btoa(String.fromCharCode(...new Uint8Array(digest)))}`);
      }
      return send(body);
    };
    return request;
  }
}

function size(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1024)));
  const number = bytes / 1024 ** power;
  return `${number.toLocaleString(document.documentElement.lang || undefined, { maximumFractionDigits: power < 2 ? 0 : 1 })}\u00a0${units[power]}`;
}
