// The tools of a text in light Markdown, above its field: one stop of the Tab key, then arrows.
// insertText is deprecated, but only with it can the browser undo what a button inserted.
class Marks extends HTMLElement {
  connectedCallback() {
    // A block that is moved is connected again.
    if (this.text) return;
    this.text = this.querySelector("textarea");
    const bar = document.querySelector("template[data-marks]").content.firstElementChild.cloneNode(true);
    this.words = bar.querySelector("[data-link]").dataset.link;
    this.buttons = [...bar.querySelectorAll("button")];
    this.buttons.forEach((button, at) => { button.tabIndex = at ? -1 : 0; });
    bar.addEventListener("keydown", (event) => this.walk(event));
    bar.addEventListener("click", ({ target }) => this.press(target.closest("button")));
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.before(bar);
  }

  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = this.buttons.indexOf(document.activeElement);
    if (!step || event.altKey || at < 0) return;
    const next = this.buttons.at((at + step) % this.buttons.length);
    this.buttons[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  press(button) {
    const { mark, link, insert, list } = button?.dataset ?? {};
    if (mark) this.wrap(mark);
    else if (link) this.link();
    else if (insert) this.put(insert);
    else if (list !== undefined) this.list();
  }

  key(event) {
    const act = { b: () => this.wrap("**"), i: () => this.wrap("*"), k: () => this.link() }[event.key];
    if (!act || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    act();
  }

  wrap(mark) {
    const { selectionStart: start, selectionEnd: end, value } = this.text;
    this.put(mark + value.slice(start, end) + mark);
    this.text.setSelectionRange(start + mark.length, end + mark.length);
  }

  link() {
    const { selectionStart: start, selectionEnd: end, value } = this.text;
    const label = value.slice(start, end) || this.words;
    this.put(`[${label}](https://)`);
    this.text.setSelectionRange(start + label.length + 3, start + label.length + 11);
  }

  list() {
    const { selectionStart, selectionEnd: end, value } = this.text;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    this.text.setSelectionRange(start, end);
    this.put(value.slice(start, end).split("\n").map((line) => `- ${line}`).join("\n"));
  }

  put(words) {
    const { text } = this;
    text.focus();
    if (document.execCommand("insertText", false, words)) return;
    text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("ml-marks", Marks);
