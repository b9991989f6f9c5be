// Keeps the order in which articles are ticked.
class Choice extends HTMLElement {
  connectedCallback() {
    const order = this.querySelector("[data-order]");
    this.addEventListener("change", ({ target }) => {
      if (target.name !== "article") return;
      const others = order.value.split(",").filter((number) => number && number !== target.value);
      order.value = (target.checked ? [...others, target.value] : others).join(",");
    });
  }
}

customElements.define("ml-choice", Choice);
