// Marks, in the contents at the side, the clause that is being read.

const links = new Map(
  [...document.querySelectorAll("[data-present-place] a")].map((link) => [
    decodeURIComponent(link.hash.slice(1)),
    link,
  ]),
);
const clauses = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);

function mark() {
  const line = innerHeight / 3; // a clause is read once it has come above this line
  const begun = clauses.filter((clause) => clause.getBoundingClientRect().top < line);
  const present = begun.at(-1)?.id;
  for (const [id, link] of links) {
    if (id === present) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
}

if (clauses.length) {
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
