// Shows what a defined word means where it is used: on hover, on focus, and on the first tap.
// Without this module the word is a link to its definition, and the meanings stand at the end.

const box = document.createElement("div");
box.className = "meaning";
box.hidden = true;
let shown = null;
let leaving = 0;

function show(term) {
  clearTimeout(leaving);
  if (shown === term) return;
  const meaning = document.querySelector(`#${term.getAttribute("aria-describedby")} dd`);
  if (!meaning) return;
  box.replaceChildren(meaning.textContent);
  document.body.append(box);
  box.hidden = false;
  const place = term.getBoundingClientRect();
  const left = Math.min(place.left, document.documentElement.clientWidth - box.offsetWidth - 16);
  const below = place.bottom + box.offsetHeight + 12 < innerHeight;
  const top = below ? place.bottom + 6 : place.top - box.offsetHeight - 6;
  box.style.setProperty("left", `${Math.max(16, left) + scrollX}px`);
  box.style.setProperty("top", `${Math.max(0, top + scrollY)}px`);
  shown = term;
}

function hide() {
  clearTimeout(leaving);
  box.hidden = true;
  shown = null;
}

function hideSoon() {
  leaving = setTimeout(hide, 200); // time to move the pointer into the box
}

for (const term of document.querySelectorAll("a.term")) {
  term.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(term));
  term.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hideSoon());
  term.addEventListener("focus", () => term.matches(":focus-visible") && show(term));
  term.addEventListener("blur", hideSoon);
  term.addEventListener("click", (event) => {
    const tapped = event.pointerType === "touch" || event.pointerType === "pen";
    if (!tapped || shown === term) return; // the second tap follows the link
    event.preventDefault();
    show(term);
  });
}
box.addEventListener("pointerenter", () => clearTimeout(leaving));
box.addEventListener("pointerleave", hideSoon);
addEventListener("keydown", (event) => event.key === "Escape" && hide());
addEventListener("pointerdown", (event) => {
  if (shown && !box.contains(event.target) && event.target !== shown) hide();
});
