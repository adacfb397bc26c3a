// Tells the server at which place a result stood that was opened, and of which search: never who.

import { token } from "../party/token.js";

const page = document.querySelector("[data-asked]");
const results = [...page.querySelectorAll("a[data-result]")];

function tell(event) {
  const opened = event.target.closest?.("a[data-result]");
  if (!opened || (event.type === "auxclick" && event.button !== 1)) return;
  const told = new FormData();
  told.append("csrfmiddlewaretoken", token(page.dataset.csrf));
  told.append("token", page.dataset.asked);
  told.append("position", results.indexOf(opened) + 1);
  navigator.sendBeacon(page.dataset.openedUrl, told);
}

page.addEventListener("click", tell);
page.addEventListener("auxclick", tell);
