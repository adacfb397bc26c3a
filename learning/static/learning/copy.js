/* Buttons that copy the text beside them. They appear only where copying is possible. */
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const box = button.closest(".copy-text");
    await navigator.clipboard.writeText(box.querySelector("pre").textContent.trim());
    const said = box.querySelector("[data-copied]");
    said.textContent = said.dataset.copied;
  });
}
