// Offers copying where the browser can: below a page’s heading, beside every provision, and under a fact's words to share.
// Without this module the number of a provision is a link to it, and the words can be selected.

const status = document.getElementById("copy-status");

async function write(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copying was refused");
}

async function copy(button, text, words) {
  const focused = document.activeElement;
  try {
    await write(text);
    status.textContent = words.copied;
    button.classList.add("is-copied");
    setTimeout(() => button.classList.remove("is-copied"), 2000);
  } catch {
    status.textContent = words.failed;
  }
  focused?.focus({ preventScroll: true });
}

function textOf(line, what) {
  const text = line.dataset[what];
  return what === "citation" ? text : new URL(text, location.href).href;
}

function addTools(line, template) {
  const tools = document.createElement("span");
  tools.className = "tools no-print";
  tools.append(template.content.cloneNode(true));
  for (const button of tools.querySelectorAll("button")) {
    const text = textOf(line, button.dataset.copies);
    button.setAttribute("aria-label", `${button.textContent}: ${line.dataset.citation}`);
    button.addEventListener("click", () =>
      copy(button, text, {
        copied: `${template.dataset.copied} ${text}`,
        failed: template.dataset.failed,
      }),
    );
  }
  line.append(tools);
}

const template = document.getElementById("copy-tools");
if (template) {
  // Made for a provision when it is first come near: a chapter of 400 would else get 1,200 buttons.
  const offer = (event) => {
    const line = event.target.closest?.("[data-citation]");
    if (line && !line.querySelector(":scope > .tools")) addTools(line, template);
  };
  for (const name of ["pointerover", "pointerdown", "focusin"]) document.addEventListener(name, offer);
  const atTarget = () => {
    const line = document.querySelector("[data-citation]:target");
    if (line) offer({ target: line });
  };
  addEventListener("hashchange", atTarget);
  atTarget();
  const head = document.querySelector(".rules__head[data-citation]");
  if (head) addTools(head, template); // for the whole page, always in sight
  const numbered = document.querySelector(".rules__text [data-citation]");
  if (numbered) document.getElementById("copy-hint").hidden = false;
}

for (const button of document.querySelectorAll("[data-copies-from]")) {
  button.hidden = false;
  button.addEventListener("click", () =>
    copy(button, document.getElementById(button.dataset.copiesFrom).value, button.dataset),
  );
}
