// The settings form: what a slider, a field, a key, "Reset" and "Try" do to the values, and how the server's answer is
// shown. Asks lab.runs for a run; knows nothing of runs, pictures or playback.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const PAGE = 10; // stops that Page Up and Page Down move by
  let spec = null;
  let values = {}; // what is asked for: numbers, null for an open top, or text just typed
  let valid = {}; // the values of the last answer that could be read
  let shown = {}; // setting -> {text, position} on view
  let committed = {}; // setting -> text that was sent, until the answer says how it reads
  let tops = {}; // setting -> last position, where another setting bounds it
  let grip = null; // {key, held}: the slider the pointer took last
  let offered = null; // the settings on view, null: all

  const byId = (kind, key) => document.getElementById(`${kind}-${key}`);
  const thumbOf = (key) => document.querySelector(`#slider-${key} [role=slider]`);
  const fieldOf = (key) => document.querySelector(`[data-setting="${key}"] :is(input, [role=radiogroup])`);
  const keyOf = (element, kind) => element?.closest?.(`[id^="${kind}-"]`)?.id.slice(kind.length + 1);
  const setProps = (id, props) => window.dash_clientside.set_props(id, props);

  function init(data) {
    lab.markup.fill();
    if (spec) return; // the form was built anew, without what is locked
    spec = data;
    values = { ...spec.defaults };
    valid = { ...spec.defaults };
    shown = structuredClone(spec.shown);
    committed = {};
    tops = {};
    for (const key in spec.sliders) if (spec.sliders[key].up_to) tops[key] = shown[key].top;
    // Mantine leaves no other way to describe a field.
    for (const key in spec.defaults) fieldOf(key)?.setAttribute("aria-describedby", `help-${key} note-${key}`);
  }

  // ---- stops -------------------------------------------------------------------------------------------------------

  function textsOf(key) {
    const { texts, up_to } = spec.sliders[key];
    if (!up_to) return texts;
    const top = values[up_to] ?? spec.defaults[up_to];
    const bound = typeof top === "number" ? top : valid[up_to];
    return [...texts.filter((text) => Number(text) < bound), String(bound)];
  }

  /** The stop nearest to a position: {position, value, text, said, caption}. */
  function stopAt(key, position) {
    const { first, step, captions, blank } = spec.sliders[key];
    const texts = textsOf(key);
    if (!texts) return { position, value: position, text: String(position), said: String(position) };
    const index = Math.min(Math.max(Math.round((position - first) / step), 0), texts.length - 1);
    const text = texts[index] || blank;
    const caption = captions?.[index];
    return {
      position: Number((first + index * step).toFixed(9)),
      value: texts[index] ? Number(texts[index]) : null,
      text, caption,
      said: caption ? `${text}: ${caption}` : text,
    };
  }

  function lastPosition(key) {
    const { first, step } = spec.sliders[key];
    const texts = textsOf(key);
    return texts ? Number((first + (texts.length - 1) * step).toFixed(9)) : Number(thumbOf(key).getAttribute("aria-valuemax"));
  }

  /** The stop `by` regular stops away; from between two stops the first move goes to the neighbour. */
  function neighbour(key, by) {
    const { first, step } = spec.sliders[key];
    const index = Number(((shown[key].position - first) / step).toFixed(6));
    const next = by > 0 ? Math.floor(index) + by : Math.ceil(index) + by;
    return Math.min(Math.max(first + next * step, first), lastPosition(key));
  }

  // ---- what is on view ---------------------------------------------------------------------------------------------

  function write(id, words) {
    const element = document.getElementById(id);
    if (element && element.textContent !== words) element.textContent = words;
  }

  function say(key, note, error) {
    write(`note-${key}`, error || note || "");
    byId("note", key)?.classList.toggle("is-error", Boolean(error));
    byId("note", key)?.closest(".setting")?.classList.toggle("is-refused", Boolean(error));
    const field = fieldOf(key);
    if (error) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }

  function showSaid(key, said) {
    thumbOf(key)?.setAttribute("aria-valuetext", said);
  }

  /** Puts text into a field at once; Dash learns of it when the value has settled. */
  function showText(key, text) {
    const field = byId("field", key);
    if (field?.tagName === "INPUT" && field.value !== text) {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, text);
    }
  }

  function showSetting(key, { text, position, said, top }) {
    const before = shown[key];
    shown[key] = { text, position };
    const field = byId("field", key);
    const typing = field === document.activeElement && field.value !== (committed[key] ?? before.text);
    delete committed[key];
    if (spec.sliders[key]) {
      const bounds = top !== undefined && top !== tops[key] ? { max: top } : {};
      if (top !== undefined) tops[key] = top;
      if (before.position !== position || "max" in bounds) {
        // A new `max` makes Mantine build a new thumb: it has to be born with the words.
        const thumb = { "aria-valuetext": said, "aria-describedby": `help-${key}` };
        setProps(`slider-${key}`, { value: position, ...bounds, attributes: { thumb } });
      }
      showSaid(key, said);
    }
    if (!typing && (before.text !== text || (field && field.value !== text))) {
      setProps(`field-${key}`, { value: text });
      showText(key, text);
    }
  }

  // ---- what people do ----------------------------------------------------------------------------------------------

  function ask(key, dragging = false) {
    Object.assign(values, lab.locks.values);
    lab.runs.ask({ ...values }, { changed: key, dragging });
  }

  /** A slider moved, by pointer or by key. */
  function moved(key, position, { byHand = true } = {}) {
    const stop = stopAt(key, position);
    const dragging = Boolean(grip?.held && grip.key === key);
    values[key] = stop.value;
    delete committed[key];
    shown[key] = { text: stop.text, position: stop.position };
    showText(key, stop.text);
    showSaid(key, stop.said);
    if (stop.caption) write(`caption-${key}`, stop.caption);
    say(key);
    if (!byHand) setProps(`slider-${key}`, { value: stop.position });
    if (!dragging) setProps(`field-${key}`, { value: stop.text });
    ask(key, dragging);
  }

  /** A field was committed with what it holds. */
  function typed(key, text) {
    committed[key] = text;
    values[key] = text.slice(0, spec.longest);
    ask(key);
  }

  /** Several settings at once, as a click in a panel or a drawer does; `changed` names the one that was moved. */
  function set(changes, changed = null, { dragging = false } = {}) {
    for (const key in changes) delete committed[key];
    Object.assign(values, changes);
    ask(changed, dragging);
  }

  /** What is asked for from now on, without asking: an answer has said how it reads. */
  function keep(changes) {
    Object.assign(values, changes);
  }

  /** All settings at once, canonical, as an answer brings them. */
  function adopt(now) {
    lab.start.forget();
    values = { ...spec.defaults, ...now };
    committed = {};
    grip = null;
  }

  function reset() {
    preset(null);
  }

  function preset(name) {
    adopt(spec.presets[name]);
    ask(null);
    const held = Object.keys(spec.presets[name] ?? {}).filter(lab.locks.has).map((key) => lab.settings.label(key));
    if (held.length) lab.notice.say(`Fixed by this page\u2019s link, and left as it is: ${held.join(", ")}.`);
  }

  /** An answer of the server: shows it, except where the form has moved on since it was asked for. `newest` says that no
   *  other is under way: what the server chose itself, such as a problem's learning rates, holds only then, and not for what
   *  a person has set since (`kept`). Returns whether the answer's run is not of the form's values, to be asked for again. */
  function accept({ asked, values: canonical, form, captions, notes, errors, unused }, { newest = true, kept = new Set() } = {}) {
    if (!asked) return false; // the server failed and says nothing of the form
    for (const row of document.querySelectorAll(".setting")) row.hidden = unused.includes(row.dataset.setting);
    let differs = false;
    for (const key in spec.defaults) {
      if (lab.locks.has(key)) {
        values[key] = valid[key] = canonical[key];
        if (key in form) lab.locks.say(key, form[key].text);
        continue;
      }
      const chosen = canonical[key] !== asked[key] && asked[key] !== false; // which is what was too long to come back
      if (chosen && !newest && !grip?.held) continue;
      if (key in asked && (asked[key] !== values[key] ? !(chosen && newest) : chosen && kept.has(key))) {
        differs ||= newest && asked[key] !== false;
        continue;
      }
      if (grip?.held && grip.key === key) continue;
      if (key in form && key in committed && committed[key] !== asked[key]) {
        valid[key] = canonical[key]; // what was refused stays marked until it is mended
        continue;
      }
      if (key in form) {
        valid[key] = canonical[key];
        // While Points is dragged through small numbers, Batch size is shown smaller but not forgotten.
        if (!(grip?.held && key in notes)) values[key] = canonical[key];
        showSetting(key, form[key]);
      } else {
        values[key] = valid[key]; // the field keeps what cannot be read, the run keeps its value
      }
      if (key in captions) write(`caption-${key}`, captions[key]);
      say(key, notes[key], errors[key]);
    }
    return differs;
  }

  // ---- events ------------------------------------------------------------------------------------------------------

  function grab(event) {
    const key = keyOf(event.target, "slider");
    grip = key && spec?.sliders[key] ? { key, held: true } : null;
  }

  function release() {
    if (!grip?.held) return;
    grip.held = false;
    const { key } = grip;
    setProps(`field-${key}`, { value: shown[key].text });
    ask(key);
  }

  const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: PAGE, PageDown: -PAGE };

  function slideByKey(event) {
    if (event.target.getAttribute?.("role") !== "slider" || event.altKey || event.ctrlKey || event.metaKey) return;
    const key = keyOf(event.target, "slider");
    if (!key || !spec?.sliders[key]) return;
    let position;
    if (event.key in STEPS) position = neighbour(key, STEPS[event.key]);
    else if (event.key === "Home") position = spec.sliders[key].first;
    else if (event.key === "End") position = lastPosition(key);
    else return;
    event.preventDefault();
    event.stopPropagation();
    grip = null;
    if (position !== shown[key].position) moved(key, position, { byHand: false });
  }

  const fieldKey = (target) => (target.tagName === "INPUT" && target.type !== "radio" ? keyOf(target, "field") : undefined);

  function commit(target) {
    const key = fieldKey(target);
    if (!key || !spec || !(key in spec.defaults) || target.value === (committed[key] ?? shown[key].text)) return;
    typed(key, target.value);
  }

  function restore(event) {
    const key = fieldKey(event.target);
    if (!key || event.key !== "Escape") return;
    // React has to see the change as typing, or it would commit the old text on leaving the field.
    showText(key, shown[key].text);
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
    say(key);
    if (!(key in committed)) return;
    delete committed[key]; // refused, or not answered: it is taken back, and the page stops speaking of it
    values[key] = valid[key];
    ask(key);
  }

  /** Only the rows of these settings are on view; null: all. */
  function offer(keys) {
    offered = keys && new Set(keys);
    const form = document.getElementById("settings");
    form.dataset.offered = String(keys?.length ?? "");
    rebuilt.disconnect();
    if (offered) rebuilt.observe(form, { childList: true, subtree: true });
    arrange();
  }

  const rebuilt = new MutationObserver(() => arrange()); // React builds the form anew for a link with locks

  function arrange() {
    const left = (key) => Boolean(offered && !offered.has(key));
    for (const row of document.querySelectorAll("#settings .setting")) row.classList.toggle("is-left-out", left(row.dataset.setting));
    for (const group of document.querySelectorAll("#settings .group")) {
      group.classList.toggle("is-left-out", !group.querySelector(".setting:not(.is-left-out)"));
    }
    narrow();
  }

  /** A group whose settings are all of no use, or fixed by the link, has no heading either. */
  function fold() {
    for (const group of document.querySelectorAll(".group")) {
      group.classList.toggle("is-empty", !group.querySelector(".setting:not(:empty, [hidden])"));
    }
  }

  /** On a phone the choice of a setting holds those on view. */
  function narrow() {
    const choice = document.getElementById("setting-choice");
    for (const option of choice?.options ?? []) {
      const row = document.querySelector(`#settings [data-setting="${option.value}"]`);
      option.hidden = option.disabled = !row || row.hidden || row.classList.contains("is-left-out");
    }
    if (!choice?.selectedOptions[0]?.disabled) return;
    choice.value = [...choice.options].find((option) => !option.disabled)?.value;
    if (choice.value) choose(choice.value);
  }

  /** On a phone only this setting is on view. */
  function choose(key) {
    for (const row of document.querySelectorAll(".setting")) row.classList.toggle("is-chosen", row.dataset.setting === key);
    const folded = document.querySelector(".setting.is-chosen").closest("details");
    if (folded) folded.open = true;
  }

  document.addEventListener("reply", () => {
    fold();
    if (offered) narrow();
  });
  document.addEventListener("mousedown", grab, true);
  document.addEventListener("touchstart", grab, { capture: true, passive: true });
  for (const end of ["mouseup", "touchend", "touchcancel"]) document.addEventListener(end, release);
  document.addEventListener("keydown", slideByKey, true);
  document.addEventListener("keydown", restore);
  document.addEventListener("keydown", (event) => event.key === "Enter" && commit(event.target));
  document.addEventListener("focusout", ({ target }) => commit(target));
  document.addEventListener("change", ({ target }) => {
    const key = target.type === "radio" && target.closest("[data-setting]")?.dataset.setting;
    if (key) typed(key, target.value);
    if (target.id === "setting-choice") choose(target.value);
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest("#settings-reset")) reset();
    const item = target.closest("[data-preset]");
    if (item) preset(item.dataset.preset);
  });

  /** What the page calls a setting. */
  const label = (key) => spec.labels[key];

  lab.settings = {
    init, label, renews: (key) => spec.renewing.includes(key), moved, typed, set, keep, adopt, offer, reset, preset, accept,
    get ready() { return spec !== null; },
    get values() { return { ...values }; },
  };
  (window.dash_clientside ??= {}).settings = {
    init,
    slid: (...positions) => {
      const index = Object.keys(spec.sliders).indexOf(grip?.key);
      if (index >= 0 && positions[index] !== shown[grip.key].position) moved(grip.key, positions[index]);
    },
  };
})();
