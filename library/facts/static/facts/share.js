// Notes, when a fact's words are copied for a network or the network is opened with them, that it
// was shared there, so that the member hears when it is withdrawn. Without it a button says so.

const form = document.querySelector("[data-notes-sharing]");

function note(network) {
  const body = new FormData(form);
  body.set("network", network);
  fetch(form.action, { method: "POST", body, keepalive: true }).catch(() => {});
}

for (const button of form?.querySelectorAll("[data-network]") ?? []) {
  button.addEventListener("click", () => note(button.dataset.network));
}
for (const button of form?.querySelectorAll("[data-without-script]") ?? []) button.hidden = true;
