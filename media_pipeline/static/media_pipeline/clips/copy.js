/* Buttons that copy the text beside them. They appear only where copying is possible. */
for (const button of document.querySelectorAll("[data-copies] [data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const box = button.closest("[data-copies]");
    await navigator.clipboard.writeText(box.querySelector("[data-copied-text]").textContent.trim());
    const said = box.querySelector("[data-said]");
    said.textContent = said.dataset.said;
  });
}
