// The settings form: what a slider, a field, a key, "Reset" and "Try" do to the values, and how the server's answer is
// shown. Tells that a run is wanted; knows nothing of runs, pictures or playback.
import { emit, on } from "../base/events.js";
import { markup } from "../base/markup.js";
import { notice } from "../base/notice.js";
import { locks } from "./locks.js";
import { merge } from "./merge.js";
import { lastOf, neighbour, stopAt, textsUpTo } from "./stops.js";

const PAGE = 10; // stops that Page Up and Page Down move by
let spec = null;
let values = {}; // what is asked for: numbers, null for an open top, or text just typed
let valid = {}; // the values of the last answer that could be read
let shown = {}; // setting -> {text, position} on view
let committed = {}; // setting -> text that was sent, until the answer says how it reads
let tops = {}; // setting -> last position, where another setting bounds it
let grip = null; // {key, held}: the slider the pointer took last

const byId = (kind, key) => document.getElementById(`${kind}-${key}`);
const thumbOf = (key) => document.querySelector(`#slider-${key} [role=slider]`);
const fieldOf = (key) => document.querySelector(`[data-setting="${key}"] :is(input, [role=radiogroup])`);
const keyOf = (element, kind) => element?.closest?.(`[id^="${kind}-"]`)?.id.slice(kind.length + 1);
const setProps = (id, props) => window.dash_clientside.set_props(id, props);

function init(data) {
  markup.fill();
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
  const slider = spec.sliders[key], top = values[slider.up_to] ?? spec.defaults[slider.up_to];
  return textsUpTo(slider, typeof top === "number" ? top : valid[slider.up_to]);
}

const nearest = (key, position) => stopAt(spec.sliders[key], textsOf(key), position);

function lastPosition(key) {
  const texts = textsOf(key);
  return texts ? lastOf(spec.sliders[key], texts) : Number(thumbOf(key).getAttribute("aria-valuemax"));
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
  Object.assign(values, locks.values);
  emit("ask", { values: { ...values }, changed: key, dragging });
}

/** A slider moved, by pointer or by key. */
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
  emit("adopt");
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
  const held = Object.keys(spec.presets[name] ?? {}).filter(locks.has).map((key) => settings.label(key));
  if (held.length) notice.say(`Fixed by this page\u2019s link, and left as it is: ${held.join(", ")}.`);
}

/** An answer of the server: shows it, except where the form has moved on since it was asked for (merge.js). `newest` says that no
 *  other is under way, `kept` what a person has set since all were renewed. Returns whether the answer's run is to be asked for again. */
function accept(
  { asked, values: canonical, form, captions, notes, errors, unused },
  { newest = true, kept = new Set() } = {},
) {
  if (!asked) return false; // the server failed and says nothing of the form
  for (const row of document.querySelectorAll(".setting")) row.hidden = unused.includes(row.dataset.setting);
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
    const held = holding && grip.key === key;
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
  if (event.key in STEPS) {
    position = neighbour(spec.sliders[key], shown[key].position, STEPS[event.key], lastPosition(key));
  } else if (event.key === "Home") position = spec.sliders[key].first;
  else if (event.key === "End") position = lastPosition(key);
  else return;
  event.preventDefault();
  event.stopPropagation();
  grip = null;
  if (position !== shown[key].position) moved(key, position, { byHand: false });
}

const fieldKey = (
  target,
) => (target.tagName === "INPUT" && target.type !== "radio" ? keyOf(target, "field") : undefined);

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
});
document.addEventListener("click", ({ target }) => {
  if (target.closest("#settings-reset")) reset();
  const item = target.closest("[data-preset]");
  if (item) preset(item.dataset.preset);
});

/** What the page calls a setting. */
const label = (key) => spec.labels[key];

/** Dash tells where all sliders stand; one of them is in somebody's hand. */
function slid(...positions) {
  const index = Object.keys(spec.sliders).indexOf(grip?.key);
  if (index >= 0 && positions[index] !== shown[grip.key].position) moved(grip.key, positions[index]);
}

on("watch", (watched) => set({ watched }, "watched"));

export const settings = {
  init,
  slid,
  label,
  renews: (key) => spec.renewing.includes(key),
  moved,
  typed,
  set,
  keep,
  adopt,
  reset,
  preset,
  accept,
  get ready() {
    return spec !== null;
  },
  get values() {
    return { ...values };
  },
};
