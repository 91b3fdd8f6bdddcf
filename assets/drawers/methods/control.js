// One setting of a method in its card: a switch, a choice, or a number with its field and slider. Knows what the list of methods holds of
// it; not the card around it.
import { all, byId, element, find } from "../../base/elements.js";
import { methodsList } from "../../form/methods.js";
import { state } from "../../state/state.js";
/** @import { Control, MethodValue } from "../../types.d.ts" */
/** @import { Listed } from "../../form/methods.js" */

let held = false; // a pointer is down on a slider

/** @param {Listed} entry @param {string} key */
function note(entry, key) {
  return element("p", { className: "control-note", role: "status", id: `card-note-${entry.id}-${key}` });
}

/** On a surface an epoch is one step. @param {string} words */
const counted = (words) => (state.run.isSurface ? words.replaceAll("epoch", "step") : words);

/** @param {Listed} entry @param {string} key @param {Control} given */
function row(entry, key, given) {
  const control = { ...given, label: counted(given.label), says: counted(given.says) };
  const { id } = entry, name = `card-${id}-${key}`, described = `${name}-says card-note-${id}-${key}`;
  const says = element("p", {
    id: `${name}-says`,
    className: control.kind === "number" ? "control-help" : "control-says",
  }, control.says);
  const box = element("div", { className: `control is-${control.kind}` });
  box.dataset.control = key;
  if (control.kind === "switch") {
    const knob = element(
      "button",
      { type: "button", role: "switch", className: "switch", "data-at": `${id} ${key}`, "aria-describedby": described },
      element("span", { className: "knob" }),
      control.label,
    );
    knob.addEventListener("click", () => methodsList.set(id, key, knob.getAttribute("aria-checked") !== "true"));
    box.append(knob, says, note(entry, key));
    return box;
  }
  const words = element(
    "div",
    { className: control.follows ? "control-words" : "control-words is-short" },
    element("label", { for: name }, control.label),
    caption(entry, key, control),
  );
  if (control.kind === "choice") {
    const select = element("select", {
      id: name,
      className: "choice",
      "data-at": `${id} ${key}`,
      "aria-describedby": described,
    }, ...(control.options ?? []).map(([value, words]) => new Option(words, value)));
    select.addEventListener("change", () => methodsList.set(id, key, select.value));
    box.append(words, select, says, note(entry, key));
    return box;
  }
  const marks = { "data-at": `${id} ${key}`, "aria-describedby": described };
  const field = element.typed({ id: name, className: "field control-field", ...marks });
  field.addEventListener("change", () => {
    field.dataset.shown = field.value; // committed: the answer may say how it reads
    methodsList.set(id, key, field.value);
  });
  field.addEventListener(
    "keydown",
    (event) => restore(event, field, field.dataset.shown ?? "", () => methodsList.forget(id, key)),
  );
  box.append(words, field, slider(entry, key, control), says, note(entry, key));
  return box;
}

/** "follows the slider …", or, with a value of its own, how to follow it again or to have the usual value back.
 *  @param {Listed} entry @param {string} key @param {Control} control */
function caption({ id }, key, control) {
  const what = control.follows
    ? `follow again the slider ${counted(methodsList.spec.shared[control.follows])}`
    : "the usual value again";
  const again = element("button", {
    type: "button",
    className: "control-again",
    "data-at": `${id} ${key} again`,
    "aria-label": `${control.label}: ${what}`,
  }, control.follows ? "follow again" : "usual");
  again.addEventListener("click", () => {
    methodsList.follow(id, key);
    all(document, `#methods-list [data-at="${id} ${key}"]`)[0]?.focus(); // the button is gone
  });
  return element("p", { className: "control-caption" }, element("span"), again);
}

/** The stops of a number's slider. @param {Control} control */
const stopsOf = ({ scale = "" }) => methodsList.spec.scales[scale];

/** @param {Listed} entry @param {string} key @param {Control} control */
function slider({ id }, key, control) {
  const texts = stopsOf(control), { blank } = methodsList.spec;
  const range = element("input", {
    type: "range",
    className: "control-slider",
    min: 0,
    max: texts.length - 1,
    step: 1,
    "data-at": `${id} ${key} slider`,
    "aria-label": control.label,
  });
  const value = () => texts[range.valueAsNumber];
  let dragged = false;
  /** @param {boolean} dragging */
  const moved = (dragging) => {
    dragged = dragging;
    methodsList.set(id, key, value() === "" ? null : Number(value()), { dragging });
  };
  range.addEventListener("pointerdown", () => {
    held = true;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    range.addEventListener(end, () => {
      held = false;
    });
  }
  range.addEventListener("input", () => {
    byId(`card-${id}-${key}`, HTMLInputElement).value = value() || blank;
    fill(range, value() || blank);
    moved(held);
  });
  range.addEventListener("change", () => {
    held = false;
    if (dragged) moved(false);
  });
  return range;
}

/** Escape takes back what was typed and not committed; where nothing was, it closes the drawer.
 *  @param {KeyboardEvent} event @param {HTMLInputElement} field @param {string} text */
function restore(event, field, text, then = () => {}) {
  if (event.key !== "Escape" || field.value === text) return;
  event.preventDefault();
  event.stopPropagation();
  field.value = text;
  then();
}

/** A slider's track up to its thumb, and what it says. @param {HTMLInputElement} range @param {string} text */
function fill(range, text) {
  range.style.setProperty("--done", `${(100 * range.valueAsNumber) / Number(range.max)}%`);
  range.setAttribute("aria-valuetext", text);
}

/** The stop nearest to a value, which may lie between two. @param {string[]} texts @param {number | null} value */
function nearest(texts, value) {
  if (value === null) return texts.length - 1;
  const stops = texts.filter((text) => text !== "").map(Number);
  const above = stops.findIndex((stop) => stop >= value);
  if (above <= 0) return above < 0 ? stops.length - 1 : 0;
  return value - stops[above - 1] < stops[above] - value ? above - 1 : above;
}

/** The values of the open card, as they are known now. @param {Listed} entry */
function refresh(entry) {
  const { spec } = methodsList, form = methodsList.form(entry.id);
  const controls = { ...spec.methods[entry.method].controls, ...spec.schedules[entry.schedule].controls };
  for (const key of ["label", "method", "schedule", ...Object.keys(controls)]) mention(entry, key);
  for (const [key, control] of Object.entries(controls)) {
    const node = find(byId(`card-${entry.id}`), `[data-control="${key}"]`), own = key in entry.own;
    const known = form[key], value = own ? entry.own[key] : known?.value;
    const [words, again] = all(node, ".control-caption > *");
    if (again) {
      words.textContent = own || !control.follows ? "" : `follows the slider ${spec.shared[control.follows]}`;
      again.hidden = !own;
    }
    if (control.kind === "switch") find(node, "[role=switch]").setAttribute("aria-checked", String(value));
    else if (control.kind === "choice") find(node, "select", HTMLSelectElement).value = String(value);
    else if (known && known.value === value) number(entry, key, node, known, stopsOf(control));
  }
}

/** A number's field and slider; until its answer is there they stay as the person has put them.
 *  @param {Listed} entry @param {string} key @param {HTMLElement} node @param {MethodValue} known @param {string[]} texts */
function number({ id }, key, node, known, texts) {
  const field = find(node, ".control-field", HTMLInputElement), range = find(node, ".control-slider", HTMLInputElement);
  const typing = field === document.activeElement && field.value !== field.dataset.shown;
  if (!typing) field.value = methodsList.said(id, key)?.text ?? known.text;
  field.dataset.shown = known.text;
  if (held && range === document.activeElement) return;
  range.value = String(nearest(texts, known.value === null ? null : Number(known.value)));
  fill(range, known.text);
}

/** @param {Listed} entry @param {string} key */
function mention({ id }, key) {
  const found = methodsList.said(id, key), line = document.getElementById(`card-note-${id}-${key}`);
  if (!line) return;
  const words = found?.error ?? found?.note ?? "";
  if (line.textContent !== words) line.textContent = words;
  line.classList.toggle("is-error", Boolean(found?.error));
  const field = document.getElementById(`card-${id}-${key}`) ?? document.getElementById(`card-${key}-${id}`);
  if (found?.error) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
}

export const control = { row, note, refresh, restore };
