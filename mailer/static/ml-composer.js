// The composer of letters: saves by itself, moves blocks by drag and by keys.
// Without it every button still does its work, one page at a time.
const QUIET_MS = 1000;
const RETRIES_S = [2, 5, 10, 20, 30];
const STEP = { ArrowUp: -1, ArrowDown: 1 };
const FIELD = "input:not([type=checkbox], [type=radio], [type=button]), select, textarea";

class Composer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.typed = this.form.hasAttribute("data-unsaved") ? 1 : 0;
    this.kept = this.failures = 0;
    this.form.addEventListener("input", (event) => this.change(event));
    this.form.addEventListener("submit", (event) => this.leave(event));
    this.form.addEventListener("click", (event) => this.press(event));
    this.form.addEventListener("pointerdown", (event) => this.grasp(event));
    document.addEventListener("keydown", (event) => this.key(event));
    addEventListener("online", () => this.kept !== this.typed && this.save());
    addEventListener("pageshow", () => { this.leaving = false; });
    addEventListener("beforeunload", (event) => {
      if (this.kept !== this.typed && !this.leaving) event.preventDefault();
    });
    for (const button of this.querySelectorAll(".handle, [data-help]")) button.hidden = false;
  }

  say(words) { this.querySelector("[data-said]").textContent = words; }

  // --- Saving. One save at a time; what is typed meanwhile is saved by the next.
  change(event) {
    if (event?.target.type === "file") { this.form.requestSubmit(); return; }
    if (event?.target.name?.startsWith("pick-")) return;
    this.typed += 1;
    this.soon(QUIET_MS);
  }

  soon(ms) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.save(), ms);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.saving || this.stopped || this.leaving) return;
    const version = this.typed;
    const body = new URLSearchParams([...new FormData(this.form)].filter(([, value]) => typeof value === "string"));
    body.set("do", "autosave");
    this.saving = true;
    let answer = null;
    try {
      answer = await fetch(this.form.action, { method: "POST", body, signal: AbortSignal.timeout(20000) });
      this.take(answer, version, await answer.text());
    } catch { this.retry(this.dataset.retry); }
    this.saving = false;
    if (this.held) { const { submitter } = this.held; this.held = null; this.form.requestSubmit(submitter); } else if (answer?.ok && this.typed !== version) this.soon(QUIET_MS);
  }

  take(answer, version, text) {
    if (answer.redirected) { this.retry(this.dataset.door); return; }
    if (answer.status >= 500 || ![200, 409, 422].includes(answer.status)) { this.retry(this.dataset.retry); return; }
    this.failures = 0;
    const page = new DOMParser().parseFromString(text, "text/html");
    const focused = document.activeElement?.closest("#etat") && document.activeElement.value;
    for (const part of page.querySelectorAll("[data-swap]")) document.getElementById(part.id)?.replaceWith(part);
    if (focused) this.querySelector(`#etat [value=${focused}]`)?.focus();
    if (answer.status === 200) { this.kept = version; this.show(); this.dispatchEvent(new Event("kept")); }
    if (answer.status === 422) this.say(this.querySelector("#etat .unsaved").textContent);
    if (answer.status === 409) { this.stopped = true; this.querySelector("#conflit section").focus(); }
  }

  retry(words) {
    const state = this.querySelector("#etat .saved, #etat .unsaved");
    state.className = "unsaved";
    state.textContent = words;
    this.say(words);
    this.soon(1000 * RETRIES_S[Math.min(this.failures++, RETRIES_S.length - 1)]);
  }

  // The new preview is drawn behind the old one, and takes its place where that was scrolled to.
  show() {
    const old = this.querySelector("aside iframe:not([hidden])");
    if (!old) return;
    this.querySelector("aside iframe[hidden]")?.remove();
    const fresh = old.cloneNode();
    fresh.hidden = true;
    fresh.src = this.querySelector("#etat").dataset.preview;
    fresh.addEventListener("load", () => {
      const top = old.contentWindow?.scrollY ?? 0;
      fresh.hidden = false;
      old.remove();
      fresh.contentWindow.scrollTo(0, top);
    });
    old.after(fresh);
  }

  leave(event) {
    clearTimeout(this.timer);
    if (!this.saving) { this.leaving = true; return; }
    event.preventDefault();
    this.held = { submitter: event.submitter };
  }

  // --- Buttons that need no new page.
  press(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if ("help" in button.dataset) document.getElementById("raccourcis").showModal();
    const [verb, name] = button.name === "do" ? button.value.split(":") : [];
    const unit = button.closest(".unit");
    const act = { raise: () => this.move(unit, -1, button), lower: () => this.move(unit, 1, button), remove: () => this.remove(unit), menu: () => this.open(unit, name) }[verb];
    if (!act) return;
    event.preventDefault();
    act();
  }

  units() { return [...this.querySelectorAll("[data-unit]")]; }

  move(unit, step, button) {
    const units = this.units();
    const other = units[units.indexOf(unit) + step];
    if (!other) return;
    if (step < 0) other.before(unit); else other.after(unit);
    this.arranged(unit);
    if (button.disabled) unit.querySelector(".handle").focus(); else button.focus();
    unit.scrollIntoView({ block: "nearest" });
  }

  arranged(unit) {
    const units = this.units();
    units.forEach((each, at) => {
      for (const place of each.querySelectorAll("[data-place]")) place.textContent = at + 1;
      each.querySelector("[value^=raise]").disabled = at === 0;
      each.querySelector("[value^=lower]").disabled = at === units.length - 1;
    });
    if (unit) this.say(this.dataset.place.replace("{place}", units.indexOf(unit) + 1).replace("{all}", units.length));
    this.change();
  }

  remove(unit) {
    const first = this.querySelector(".unit");
    if (unit.querySelector("#ajouter")) this.open(unit.previousElementSibling.closest(".unit") ?? first);
    this.querySelector(".gone")?.remove();
    const gone = this.querySelector("template[data-gone]").content.firstElementChild.cloneNode(true);
    unit.replaceWith(gone);
    gone.querySelector("button").addEventListener("click", () => {
      gone.replaceWith(unit);
      this.arranged(unit);
      unit.querySelector(".handle").focus();
    });
    this.say(gone.querySelector("span").textContent);
    gone.querySelector("button").focus();
    this.arranged();
  }

  open(unit, name = unit.querySelector("[name=block]")?.value.split(":")[0] ?? "") {
    const menu = this.querySelector("#ajouter");
    menu.closest(".unit").querySelector(".between").hidden = false;
    unit.querySelector(".between").hidden = true;
    unit.append(menu);
    menu.querySelector("[name=after]").value = name;
    menu.querySelector(".type").focus();
  }

  // --- Keys.
  key(event) {
    const { key, target, altKey, shiftKey } = event;
    const command = event.ctrlKey || event.metaKey;
    const act = this.keyed(key.toLowerCase(), target, command, shiftKey);
    if (altKey && STEP[key] && target.closest?.(".block-bar")) {
      event.preventDefault();
      this.move(target.closest(".unit"), STEP[key], target.closest("button"));
    } else if (act) {
      event.preventDefault();
      act();
    }
  }

  keyed(key, target, command, shift) {
    if (!command) return null;
    if (key === "s") return () => this.save();
    if (target.closest?.(FIELD)) return null;
    if (key === "y" || (key === "z" && shift)) return () => this.querySelector("[data-redo]").click();
    return key === "z" ? () => this.querySelector("[data-undo]").click() : null;
  }

  // --- Dragging: the block follows the pointer among the others, which show their bars alone.
  grasp(event) {
    const handle = event.target.closest(".handle");
    if (!handle || event.button !== 0) return;
    const unit = handle.closest(".unit");
    const before = this.units();
    const from = event.clientY;
    let dragging = false;
    const follow = ({ clientY }) => {
      if (!dragging && Math.abs(clientY - from) < 6) return;
      if (!dragging) {
        dragging = true;
        this.classList.add("dragging");
        unit.classList.add("held");
        scrollBy(0, handle.getBoundingClientRect().top - clientY);
      }
      if (clientY < 90) scrollBy(0, -16);
      if (clientY > innerHeight - 60) scrollBy(0, 16);
      // The others move around it: an element that is taken out of the page loses the pointer.
      for (const each of this.units()) {
        const isBelow = unit.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
        if (each !== unit && isBelow && clientY > middle(each)) unit.before(each);
      }
      for (const each of this.units().reverse()) {
        const isAbove = unit.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_PRECEDING;
        if (each !== unit && isAbove && clientY < middle(each)) unit.after(each);
      }
    };
    const end = (drop) => {
      for (const [name, act] of Object.entries(acts)) (name === "keydown" ? document : handle).removeEventListener(name, act);
      this.classList.remove("dragging");
      unit.classList.remove("held");
      if (!dragging) return;
      if (!drop) this.form.append(...before);
      this.arranged(unit);
      handle.focus();
      unit.scrollIntoView({ block: "nearest" });
    };
    const acts = {
      pointermove: follow,
      pointerup: () => end(true),
      pointercancel: () => end(false),
      keydown: ({ key }) => key === "Escape" && end(false),
    };
    for (const [name, act] of Object.entries(acts)) (name === "keydown" ? document : handle).addEventListener(name, act);
    handle.setPointerCapture(event.pointerId);
  }
}

function middle(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}

customElements.define("ml-composer", Composer);
