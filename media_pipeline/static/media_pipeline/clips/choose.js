/* From the transcript to a clip: tick its lines, or select its text. Without this module the link
   leads to a page with all lines. */

const entry = document.querySelector("[data-clip-url]");
const lines = [...document.querySelectorAll(".transcript [data-start]")];

const second = (index, name) => Number(lines[index].dataset[name]).toFixed(3);

/* Lead the link to a clip of these lines; none leads to the page with all of them. */
function choose(first, last) {
  const link = entry.querySelector("[data-make]");
  link.dataset.plain ??= link.textContent;
  const said = entry.querySelector("[data-chosen]");
  if (first === null) {
    link.href = entry.dataset.clipUrl;
    link.textContent = link.dataset.plain;
    said.textContent = "";
    return;
  }
  link.href = `${entry.dataset.clipUrl}?start=${second(first, "from")}&end=${second(last, "until")}`;
  const count = last - first + 1;
  link.textContent = count === 1 ? entry.dataset.one : entry.dataset.many.replace("%", count);
  said.textContent = link.textContent;
}

function boxes() {
  return lines.map((line) => line.parentElement.querySelector("input[type=checkbox]"));
}

/* Lines between the first and the last tick belong to the clip: it is one piece. A tick taken from
   the middle ends the clip before it. */
function ticked(event) {
  const all = boxes();
  const at = all.indexOf(event.target);
  if (!event.target.checked) for (const box of all.slice(at)) box.checked = false;
  const marks = all.flatMap((box, index) => (box.checked ? [index] : []));
  for (let index = marks[0]; index < marks.at(-1); index += 1) all[index].checked = true;
  choose(marks.length ? marks[0] : null, marks.at(-1));
}

function offerBoxes() {
  for (const line of lines) {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "clip-tick";
    box.setAttribute("aria-label", entry.dataset.use.replace("%", line.querySelector(".transcript__text").textContent));
    box.addEventListener("change", ticked);
    line.before(box);
  }
}

function toggle(event) {
  const button = event.currentTarget;
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  button.dataset.plain ??= button.textContent;
  button.textContent = on ? entry.dataset.stop : button.dataset.plain;
  document.querySelector(".transcript").classList.toggle("transcript--choosing", on);
  if (on) offerBoxes();
  else for (const box of boxes()) box?.remove();
  choose(null);
  if (on) boxes()[0].focus();
}

/* Selected text chooses the lines it touches. */
function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed || boxes().some(Boolean)) return;
  const touched = lines.flatMap((line, index) => (selection.containsNode(line, true) ? [index] : []));
  if (touched.length) choose(touched[0], touched.at(-1));
}

/* Letting go of the mouse after selecting text is no click on a line. */
function keepSelection(event) {
  if (document.getSelection().isCollapsed) return;
  event.preventDefault();
  event.stopPropagation();
}

if (entry && lines.length) {
  const button = entry.querySelector("[data-choose]");
  button.hidden = false;
  button.addEventListener("click", toggle);
  document.addEventListener("selectionchange", selected);
  for (const line of lines) line.draggable = false; // so that dragging selects its text
  document.querySelector(".transcript").addEventListener("click", keepSelection, { capture: true });
}
