// What a script can ask of a page that axe does not: one question each, answered with what is wrong.
({
  // Every stop of the Tab key in the order of the document: one for each group of radio buttons.
  stops() {
    const groups = new Set();
    const all = document.querySelectorAll(
      "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]");
    window.stops = [...all].filter(each => {
      if (each.disabled || each.tabIndex < 0 || !each.checkVisibility({ visibilityProperty: true }))
        return false;
      if (each.type !== "radio") return true;
      const chosen = document.querySelector(`[type=radio][name="${each.name}"]:checked`);
      if (groups.has(each.name) || (chosen && chosen !== each)) return false;
      return groups.add(each.name);
    });
    return window.stops.length;
  },

  // Where the focus is now, and how it is shown.
  stands() {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const style = getComputedStyle(at), box = at.getBoundingClientRect();
    const within = (value, most) => Math.min(Math.max(value, 0), most - 1);
    const top = document.elementFromPoint(
      within(box.x + box.width / 2, innerWidth), within(box.y + box.height / 2, innerHeight));
    const over = top && !at.contains(top) && !top.contains(at) ? getComputedStyle(top).position : "";
    return {
      index: window.stops.indexOf(at),
      html: at.outerHTML.slice(0, 120),
      // What has the focus in a frame is of the letter that it shows.
      frame: at.tagName === "IFRAME",
      ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
      covered: ["fixed", "sticky"].includes(over),
    };
  },

  sideways: () => document.documentElement.scrollWidth > innerWidth,

  // Text that its own box cuts off, apart from what is meant for screen readers alone.
  cut: () => [...document.querySelectorAll("body *")].filter(each => {
    const style = getComputedStyle(each), hiding = ["hidden", "clip"];
    const wide = hiding.includes(style.overflowX) && each.scrollWidth > each.clientWidth + 1;
    const high = hiding.includes(style.overflowY) && each.scrollHeight > each.clientHeight + 1;
    return (wide || high) && !each.closest(".visually-hidden, dialog, svg") && each.innerText?.trim();
  }).map(each => each.outerHTML.slice(0, 120)),

  moves: () => [...document.querySelectorAll("*")].filter(each => {
    const style = getComputedStyle(each);
    const lasts = [...style.transitionDuration.split(","), ...style.animationDuration.split(",")];
    return lasts.some(one => parseFloat(one) > 0) || style.scrollBehavior === "smooth";
  }).map(each => each.outerHTML.slice(0, 120)),

  // What can be pressed or filled and has no edge of its own.
  edgeless: () => [...document.querySelectorAll(".btn, input, select, textarea")].filter(each =>
    !["hidden", "checkbox", "radio", "file", "color"].includes(each.type)
    && each.checkVisibility({ visibilityProperty: true }) && !each.closest("[aria-hidden=true]")
    && parseFloat(getComputedStyle(each).borderTopWidth) < 1
  ).map(each => each.outerHTML.slice(0, 120)),

  tables: () => [...document.querySelectorAll("table:not([role=presentation])")].filter(table => {
    const heads = [...table.querySelectorAll("th")];
    return !table.caption?.textContent.trim() || !heads.length || heads.some(head => !head.scope);
  }).map(table => table.outerHTML.slice(0, 200)),

  vague: () => [...document.querySelectorAll("main a[href]")]
    .map(each => each.innerText.trim().toLowerCase())
    .filter(text => ["ici", "cliquez ici", "lire la suite", "en savoir plus", "lien"].includes(text)),

  words: () => document.body.innerText.toLowerCase().split(/\s+/).filter(Boolean),

  bare: () => [...document.styleSheets].forEach(each => { each.disabled = true; }),

  // Whether the focus has passed what comes before the content.
  skipped: () => document.activeElement === document.body
    || !!document.activeElement.closest("main, footer"),

  unfilled: () => [...document.querySelectorAll("main [type=email], main [type=tel], main [name=name]")]
    .filter(each => !each.autocomplete).map(each => each.outerHTML.slice(0, 120)),
})
