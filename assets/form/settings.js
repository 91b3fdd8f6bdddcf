// The settings form: what a slider, a field, a key, "Reset" and "Try" do to the values, and how the server's answer is
// shown. Tells that a run is wanted; knows nothing of runs, pictures or playback.
import { emit, on } from "../base/events.js";
import { all, around } from "../base/elements.js";
import { markup } from "../base/markup.js";
import { call, fieldOf, keyOf, nodeOf, say, setProps, showSaid, showText, thumbOf, write } from "./fields.js";
import { lastOf, neighbour, stopAt, textsUpTo } from "./fields.js";
import { locks } from "./locks.js";
import { merge } from "./replies.js";

/** @import { Reply, Shown, Spec, Values } from "../types.d.ts" */

const PAGE = 10; // stops that Page Up and Page Down move by
/** None until Dash has built the form. @type {Spec} */
let spec;
/** What is asked for: numbers, null for an open top, or text just typed. @type {Values} */
let values = {};
/** The values of the last answer that could be read. @type {Values} */
let valid = {};
/** What is on view. @type {Record<string, Shown>} */
let shown = {};
/** Setting -> text that was sent, until the answer says how it reads. @type {Record<string, string>} */
let committed = {};
/** Setting -> last position, where another setting bounds it. @type {Record<string, number | undefined>} */
let tops = {};
let grip = /** @type {{ key: string, held: boolean } | null} */ (null); // the slider the pointer took last
let ready = false;

/** @param {Spec} data */
function init(data) {
  markup.fill();
  ready = true;
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

/** @param {string} key */
function textsOf(key) {
  const slider = spec.sliders[key], { up_to: bound = "" } = slider, top = values[bound] ?? spec.defaults[bound];
  return textsUpTo(slider, Number(typeof top === "number" ? top : valid[bound]));
}

/** @param {string} key @param {number} position */
const nearest = (key, position) => stopAt(spec.sliders[key], textsOf(key), position);

/** @param {string} key */
function lastPosition(key) {
  const texts = textsOf(key);
  return texts ? lastOf(spec.sliders[key], texts) : Number(thumbOf(key)?.getAttribute("aria-valuemax"));
}

// ---- what is on view ---------------------------------------------------------------------------------------------

/** @param {string} key @param {Shown} shows */
function showSetting(key, { text, position, said = text, top }) {
  const before = shown[key];
  shown[key] = { text, position };
  const field = nodeOf("field", key), holds = field instanceof HTMLInputElement ? field.value : null; // a choice holds none
  const typing = field === document.activeElement && holds !== (committed[key] ?? before.text);
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
  if (!typing && (before.text !== text || (field && holds !== text))) {
    setProps(`field-${key}`, { value: text });
    showText(key, text);
  }
}

// ---- what people do ----------------------------------------------------------------------------------------------

/** @param {string | null} key */
function ask(key, dragging = false) {
  Object.assign(values, locks.values);
  emit("ask", { values: { ...values }, changed: key, dragging });
}

/** A slider moved, by pointer or by key. @param {string} key @param {number} position */
function moved(key, position, { byHand = true } = {}) {
  const stop = nearest(key, position);
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

/** A field was committed with what it holds. @param {string} key @param {string} text */
function typed(key, text) {
  committed[key] = text;
  values[key] = text.slice(0, spec.longest);
  ask(key);
}

/** Several settings at once, as a click in a panel or a drawer does; `changed` names the one that was moved.
 *  @param {Values} changes @param {string | null} [changed] @param {{ dragging?: boolean }} [how] */
function set(changes, changed = null, { dragging = false } = {}) {
  for (const key in changes) delete committed[key];
  Object.assign(values, changes);
  ask(changed, dragging);
}

/** What is asked for from now on, without asking: an answer has said how it reads. @param {Values} changes */
function keep(changes) {
  Object.assign(values, changes);
}

/** All settings at once, canonical, as an answer brings them. @param {Values} [now] */
function adopt(now) {
  emit("adopt", now ?? {});
  values = { ...spec.defaults, ...now };
  committed = {};
  grip = null;
}

/** @param {string} name */
function preset(name) {
  adopt(spec.presets[name]);
  ask(null);
}

/** An answer of the server: shows it, except where the form has moved on since it was asked for (replies.js). `newest` says that no
 *  other is under way, `kept` what a person has set since all were renewed. Returns whether the answer's run is to be asked for again.
 *  @param {Reply} reply @param {{ newest?: boolean, kept?: Set<string> }} [how] */
function accept(
  { asked, values: canonical, form, names, captions, notes, errors, unused },
  { newest = true, kept = new Set() } = {},
) {
  if (!asked) return false; // the server failed and says nothing of the form
  for (const row of all(document, ".setting")) row.hidden = unused.includes(row.dataset.setting ?? "");
  call(spec.labels, names);
  let again = false;
  const holding = Boolean(grip?.held);
  for (const key in spec.defaults) {
    if (locks.has(key)) {
      values[key] = valid[key] = canonical[key];
      if (key in form) locks.say(key, form[key].text);
      continue;
    }
    const field = { value: values[key], valid: valid[key], committed: committed[key] };
    const answer = { asked: asked[key], canonical: canonical[key], readable: key in form, noted: key in notes };
    const held = holding && grip?.key === key;
    const found = merge(field, answer, { newest, kept: kept.has(key), held, holding });
    again ||= found.differs;
    values[key] = found.value;
    valid[key] = found.valid;
    if (!found.shows) continue;
    if (key in form) showSetting(key, form[key]);
    if (key in captions) write(`caption-${key}`, captions[key]);
    say(key, notes[key], errors[key]);
  }
  return again;
}

// ---- events ------------------------------------------------------------------------------------------------------

/** @param {Event} event */
function grab(event) {
  const key = keyOf(event.target, "slider");
  grip = key && ready && spec.sliders[key] ? { key, held: true } : null;
}

function release() {
  if (!grip?.held) return;
  grip.held = false;
  const { key } = grip;
  setProps(`field-${key}`, { value: shown[key].text });
  ask(key);
}

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: PAGE, PageDown: -PAGE };

/** @param {KeyboardEvent} event */
function slideByKey(event) {
  const { target } = event;
  if (
    !(target instanceof Element && target.matches("[role=slider]")) || event.altKey || event.ctrlKey || event.metaKey
  ) {
    return;
  }
  const key = keyOf(target, "slider");
  if (!key || !ready || !spec.sliders[key]) return;
  const { position: now = 0 } = shown[key];
  let position;
  if (event.key in STEPS) position = neighbour(spec.sliders[key], now, STEPS[event.key], lastPosition(key));
  else if (event.key === "Home") position = spec.sliders[key].first;
  else if (event.key === "End") position = lastPosition(key);
  else return;
  event.preventDefault();
  event.stopPropagation();
  grip = null;
  if (position !== now) moved(key, position, { byHand: false });
}

/** The setting of a field, where the target is one: {key, field}. @param {EventTarget | null} target */
function fieldAt(target) {
  const field = target instanceof HTMLInputElement && target.type !== "radio" ? target : null,
    key = keyOf(field, "field");
  return field && key && ready && key in spec.defaults ? { key, field } : null;
}

/** @param {EventTarget | null} target */
function commit(target) {
  const found = fieldAt(target);
  if (!found) return;
  const { key, field: { value } } = found;
  if (value !== (committed[key] ?? shown[key].text)) typed(key, value);
}

/** @param {KeyboardEvent} event */
function restore(event) {
  const found = event.key === "Escape" && fieldAt(event.target);
  if (!found) return;
  const { key, field } = found;
  // React has to see the change as typing, or it would commit the old text on leaving the field.
  showText(key, shown[key].text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  say(key);
  if (!(key in committed)) return;
  delete committed[key]; // refused, or not answered: it is taken back, and the page stops speaking of it
  values[key] = valid[key];
  ask(key);
}

document.addEventListener("mousedown", grab, true);
document.addEventListener("touchstart", grab, { capture: true, passive: true });
for (const end of ["mouseup", "touchend", "touchcancel"]) document.addEventListener(end, release);
document.addEventListener("keydown", slideByKey, true);
document.addEventListener("keydown", restore);
document.addEventListener("keydown", (event) => event.key === "Enter" && commit(event.target));
document.addEventListener("focusout", ({ target }) => commit(target));
document.addEventListener("change", ({ target }) => {
  const radio = target instanceof HTMLInputElement && target.type === "radio" ? target : null;
  const key = around(radio, "[data-setting]")?.dataset.setting;
  if (radio && key) typed(key, radio.value);
});
document.addEventListener("click", ({ target }) => {
  if (around(target, "#settings-reset")) preset("");
  const name = around(target, "[data-preset]")?.dataset.preset;
  if (name) preset(name);
});

/** What the page calls a setting. @param {string} key */
const label = (key) => spec.labels[key];

/** Dash tells where all sliders stand; one of them is in somebody's hand. @param {number[]} positions */
function slid(...positions) {
  if (!grip) return;
  const position = positions[Object.keys(spec.sliders).indexOf(grip.key)];
  if (position !== undefined && position !== shown[grip.key].position) moved(grip.key, position);
}

on("watch", (watched) => set({ watched }, "watched"));

export const settings = {
  init,
  slid,
  label,
  /** @param {string} key */
  renews: (key) => spec.renewing.includes(key),
  moved,
  typed,
  set,
  keep,
  adopt,
  accept,
  get ready() {
    return ready;
  },
  get values() {
    return { ...values };
  },
};
