/* Makes each search box a combobox. What that needs is fetched when somebody first goes to the box;
   without it, or with data saving on, the box is a plain form. */

function prepare(form) {
  const input = form.elements.q;
  const fetchOnce = async () => {
    const { Combobox } = await import(form.dataset.suggestScript);
    new Combobox(form);
  };
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  if (document.activeElement === input) fetchOnce();
  else input.addEventListener("focus", fetchOnce, { once: true });
}

if (!navigator.connection?.saveData) {
  document.querySelectorAll("form[data-suggest]").forEach(prepare);
}
