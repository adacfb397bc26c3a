/* Asking for a clip: the length and the words follow the choice at once. Without this module a
   button shows them. */

const form = document.querySelector("[data-clip-form]");
const rows = [...form?.querySelectorAll("[data-from]") ?? []];
const preview = form?.querySelector("[data-preview]");

function chosen(name) {
  return rows.findIndex((row) => row.querySelector(`input[name="${name}"]`).checked);
}

function say(length, words) {
  preview.querySelector("[data-preview-length]").textContent = length;
  preview.querySelector("[data-preview-words]").textContent = words;
}

function show() {
  const [first, last] = [chosen("start"), chosen("end")];
  for (const [index, row] of rows.entries()) row.classList.toggle("is-inside", first >= 0 && last >= 0 && index >= first && index <= last);
  for (const row of rows) row.classList.remove("clip-lines__end");
  if (first < 0 || last < 0) return;
  preview.classList.toggle("notice--warning", last < first);
  if (last < first) {
    say(preview.dataset.backwards, "");
    return;
  }
  const seconds = Number(rows[last].dataset.until) - Number(rows[first].dataset.from);
  const words = rows.slice(first, last + 1).map((row) => row.querySelector(".clip-lines__text").textContent.trim());
  say(preview.dataset.length.replace("%", Math.round(seconds)), words.join(" "));
}

/* A first choice that lies behind the last takes the last along, and the other way round. */
function follow(event) {
  if (event.target.name !== "start" && event.target.name !== "end") return;
  const [first, last] = [chosen("start"), chosen("end")];
  if (event.target.name === "start" && last < first) rows[first].querySelector('input[name="end"]').checked = true;
  if (event.target.name === "end" && (first < 0 || last < first)) rows[last].querySelector('input[name="start"]').checked = true;
  show();
}

if (rows.length) {
  form.querySelector("[data-look]").hidden = true;
  form.addEventListener("change", follow);
  for (const [index, row] of rows.entries()) row.classList.toggle("is-inside", index >= chosen("start") && index <= chosen("end") && chosen("start") >= 0);
  rows.find((row) => row.classList.contains("is-inside"))?.scrollIntoView({ block: "nearest" });
}
document.getElementById("wrong")?.focus();
