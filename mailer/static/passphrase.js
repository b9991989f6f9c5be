// A box that shows what is typed; without script, the field stays as browsers have it.
for (const box of document.querySelectorAll("[data-reveals]")) {
  const field = document.getElementById(box.dataset.reveals);
  box.closest("[hidden]").hidden = false;
  box.addEventListener("change", () => { field.type = box.checked ? "text" : "password" });
  // What is sent is a passphrase again, so that no browser remembers it as a text.
  field.form.addEventListener("submit", () => { field.type = "password" });
}
