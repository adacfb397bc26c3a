/* Source and tree side by side: what is looked at in one is marked and brought into view in the other.

   Without this the page's links between the two do the same, one press at a time. */

const rows = [...document.querySelectorAll(".mend-row")];
const column = document.querySelector(".mend__blocks");
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

function blocksOf(row) {
  const first = Number(row.dataset.source?.slice(2) ?? NaN);
  const last = Math.max(first + 1, Number(row.dataset.until ?? first));
  const found = [];
  for (let index = first; index < last; index += 1) {
    const block = document.getElementById(`s-${index}`);
    if (block) found.push(block);
  }
  return found;
}

function mark(elements) {
  for (const marked of document.querySelectorAll(".is-marked")) marked.classList.remove("is-marked");
  for (const element of elements) element.classList.add("is-marked");
}

/** Brings a block into view within its own column, so that the page itself stands still. */
function bringIntoColumn(block) {
  const top = block.offsetTop - column.clientHeight / 3;
  column.scrollTo({ top, behavior: still ? "auto" : "smooth" });
}

function showSourceOf(row) {
  const blocks = blocksOf(row);
  mark([row, ...blocks]);
  if (blocks.length && column) bringIntoColumn(blocks[0]);
}

function showProvisionOf(block) {
  const row = document.getElementById(block.dataset.provision);
  if (!row) return;
  mark([row, ...blocksOf(row)]);
  row.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
}

for (const row of rows) {
  row.addEventListener("focusin", () => showSourceOf(row));
  row.addEventListener("click", (event) => {
    if (!event.target.closest("a, button, input, textarea, select, summary, label")) showSourceOf(row);
  });
}

column?.addEventListener("click", (event) => {
  const block = event.target.closest(".mend-block");
  if (!block?.dataset.provision) return;
  event.preventDefault();
  showProvisionOf(block);
  document.getElementById(block.dataset.provision)?.focus({ preventScroll: true });
});

for (const form of document.querySelectorAll('form[data-mend="split"]')) {
  const [first, second] = form.querySelectorAll("textarea");
  const template = form.querySelector("template");
  template.replaceWith(template.content);
  form.querySelector("[data-divide]").addEventListener("click", () => {
    if (second.value) return;
    const whole = first.value;
    const at = first.selectionStart;
    second.value = whole.slice(at).trim();
    first.value = whole.slice(0, at).trim();
    (second.value ? second : first).focus();
  });
}

const chosen = document.querySelector(".mend-row--chosen");
if (chosen) showSourceOf(chosen);
