// Marks, in the contents beside a whole chapter, the clause that is being read.

const links = new Map();
for (const link of document.querySelectorAll("[data-present-place] a")) {
  const heading = document.querySelector(`.clause a.clause__name[href="${link.getAttribute("href")}"]`);
  if (heading) links.set(heading.closest(".clause"), link);
}

function mark() {
  const line = innerHeight / 3; // a clause is read once it has come above this line
  const begun = [...links.keys()].filter((clause) => clause.getBoundingClientRect().top < line);
  const present = begun.at(-1);
  for (const [clause, link] of links) {
    if (clause === present) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
}

if (links.size) {
  let waiting = false;
  addEventListener(
    "scroll",
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    },
    { passive: true },
  );
  mark();
}
