// <ml-subscribe list="…" lang="fr">: a list's sign-up form. The page may set the --ml-… below.
const base = new URL(import.meta.url).origin;

const style = new CSSStyleSheet();
style.replaceSync(`
:host { display: block; font: inherit; color: inherit }
form { display: grid; gap: var(--ml-gap, .8rem); max-width: 34rem }
fieldset { border: 0; margin: 0; padding: 0 }
legend, .label { font-weight: 700 }
.choice { display: grid; grid-template-columns: 1.5rem 1fr; gap: 0 .6rem; margin: .4rem 0 }
small { grid-column: 2 }
[type=checkbox] { width: 1.5rem; height: 1.5rem; margin: 0; accent-color: var(--ml-accent, #0b5d4e) }
[type=email], button { font: inherit; box-sizing: border-box; min-height: 2.75rem; padding: .4rem .8rem;
  border: 2px solid #76807b; border-radius: var(--ml-radius, 6px) }
[type=email] { width: 100% }
button { justify-self: start; font-weight: 700; background: var(--ml-accent, #0b5d4e); color: var(--ml-on-accent, #fff) }
:focus-visible { outline: 3px solid; outline-offset: 2px }
.error { color: var(--ml-error, #b3321c); font-weight: 700; margin: .2rem 0 }
.error:empty { display: none }
.fine { font-size: .875em }
a { color: inherit }
.trap { position: absolute; left: -99rem }
`);

function make(tag, props = {}, ...children) {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
}

class Subscribe extends HTMLElement {
  connectedCallback() {
    this.root ??= this.attachShadow({ mode: "open" });
    this.root.adoptedStyleSheets = [style];
    this.root.append(make("slot"));
    this.target = `${base}/integration/${this.getAttribute("list")}`;
    fetch(`${this.target}.json?lang=${this.lang || document.documentElement.lang}`)
      .then((answer) => answer.json())
      .then((shown) => this.draw(shown))
      .catch(() => {}); // the link within stays
  }

  draw(shown) {
    this.shown = shown;
    this.wrong = {};
    const error = (name) => this.wrong[name] = make("p", { className: "error", id: name + "-error" });
    const choice = ({ name, value, label, hint }, i) => make("div", { className: "choice" },
      make("input", { type: "checkbox", id: name + i, name, value }),
      make("label", { htmlFor: name + i, textContent: label }),
      make("small", { textContent: hint }));
    const boxes = shown.boxes.map(choice);
    this.email = make("input", { type: "email", id: "email", name: "email", autocomplete: "email" });
    this.lists = boxes[0].firstChild;
    this.email.setAttribute("aria-describedby", "email-error hint");
    this.lists.setAttribute("aria-describedby", "lists-error");
    const notice = make("div", { className: "fine" });
    notice.innerHTML = shown.notice; // rendered by our server
    this.form = make("form", { noValidate: true, method: "post", action: this.target },
      make("fieldset", {}, make("legend", { textContent: shown.legend }), error("lists"), ...boxes),
      make("div", {}, make("label", { className: "label", htmlFor: "email", textContent: shown.label }),
        make("div", { id: "hint", className: "fine", textContent: shown.hint }), error("email"), this.email),
      ...shown.optional.map(choice),
      make("label", { className: "trap", ariaHidden: "true" }, make("input", { name: "website", tabIndex: -1, autocomplete: "off" })),
      make("div", { role: "alert" }, error("form")),
      make("button", { textContent: shown.button }), notice);
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.root.replaceChildren(this.form);
  }

  async send() {
    const body = new URLSearchParams(new FormData(this.form));
    for (const [name, value] of Object.entries(this.shown.fields)) body.set(name, value);
    body.set("page", location.origin + location.pathname);
    const button = this.form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await fetch(this.target, { method: "POST", body, headers: { Accept: "application/json" } });
      const said = await answer.json();
      if (said.page) this.form.submit(); // the server's own page goes on
      else answer.ok ? this.done(said.message) : this.complain(said.errors, said.message);
    } catch {
      this.complain({}, this.shown.failed);
    }
    button.disabled = false;
  }

  complain(errors, message) {
    for (const name of ["lists", "email"]) {
      this.wrong[name].textContent = (errors[name] || [""])[0];
      this[name].setAttribute("aria-invalid", name in errors);
    }
    const first = "lists" in errors ? this.lists : "email" in errors ? this.email : null;
    this.wrong.form.textContent = first ? "" : message || this.shown.failed;
    first?.focus();
  }

  done(message) {
    const said = make("p", { role: "status", tabIndex: -1, textContent: message });
    this.root.replaceChildren(said);
    said.focus();
    this.dispatchEvent(new CustomEvent("ml-subscribed", { bubbles: true }));
  }
}

customElements.define("ml-subscribe", Subscribe);
