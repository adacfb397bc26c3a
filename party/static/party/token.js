/* The CSRF token that holds now. Signing in, also in another tab, changes it, so that the one in an
   open page is out of date from then on; the cookie has the new one. Loaded on its own, this module
   puts it into every form that is sent. */

export function token(otherwise) {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : otherwise;
}

document.addEventListener("submit", ({ target }) => {
  const field = target.querySelector("input[name=csrfmiddlewaretoken]");
  if (field) field.value = token(field.value);
}, true);
