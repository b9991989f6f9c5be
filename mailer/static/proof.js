// Finds the number that a form's challenge hides, off the page's thread; sends the form then.
const input = document.querySelector("input[data-proof]");
if (input && globalThis.Worker && globalThis.crypto?.subtle) {
  const { form, dataset } = input;
  const status = form.querySelector("[data-proof-status]");
  let waiting = null;
  const hold = (event) => {
    event.preventDefault();
    waiting = event.submitter;
    status.hidden = false;
  };
  const release = () => {
    form.removeEventListener("submit", hold);
    status.hidden = true;
    if (waiting) form.requestSubmit(waiting);
  };
  const worker = new Worker(dataset.worker);
  form.addEventListener("submit", hold);
  worker.onmessage = ({ data }) => {
    input.value = data;
    release();
  };
  worker.onerror = release;
  worker.postMessage({ salt: dataset.salt, digest: dataset.proof, numbers: +dataset.numbers });
}
