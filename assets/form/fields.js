// The form's settings as elements, by key: found, and written to; and the stops of a slider, which are what the server says of it: {first,
// step, texts, captions, blank}, without texts where every position is a number of its own. Knows how Dash and Mantine build them; no values.
import { all, around } from "../base/elements.js";
/** @import { Slider } from "../types.d.ts" */

/** @param {string} kind @param {string} key */
const nodeOf = (kind, key) => document.getElementById(`${kind}-${key}`);
/** @param {string} key */
const thumbOf = (key) => document.querySelector(`#slider-${key} [role=slider]`);
/** @param {string} key */
const fieldOf = (key) =>
  document.querySelector(`[data-setting="${key}"] :is(input:not([type=hidden]), [role=radiogroup])`);
/** @param {EventTarget | null} target @param {string} kind */
const keyOf = (target, kind) => around(target, `[id^="${kind}-"]`)?.id.slice(kind.length + 1);
/** @param {string} id @param {Record<string, unknown>} props */
const setProps = (id, props) => window.dash_clientside.set_props(id, props);

/** @param {string} id @param {string} words */
function write(id, words) {
  const element = document.getElementById(id);
  if (element && element.textContent !== words) element.textContent = words;
}

/** @param {string} key @param {string} [note] @param {string} [error] */
function say(key, note, error) {
  write(`note-${key}`, error || note || "");
  nodeOf("note", key)?.classList.toggle("is-error", Boolean(error));
  nodeOf("note", key)?.closest(".setting")?.classList.toggle("is-refused", Boolean(error));
  const field = fieldOf(key);
  if (error) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
}

/** Some settings have these labels and helps from now on. @param {Record<string, string>} labels those of all
 *  @param {Record<string, [label: string, help: string]>} names */
function call(labels, names) {
  for (const [key, [label, help]] of Object.entries(names)) {
    if (labels[key] === label) continue;
    labels[key] = label;
    for (const node of all(document, `[for="field-${key}"], #setting-choice [value="${key}"]`)) {
      node.textContent = label;
    }
    if (nodeOf("slider", key)) setProps(`slider-${key}`, { thumbLabel: label });
    write(`help-${key}`, help);
  }
}

/** @param {string} key @param {string} said */
function showSaid(key, said) {
  thumbOf(key)?.setAttribute("aria-valuetext", said);
}

/** Puts text into a field at once; Dash learns of it when the value has settled. @param {string} key @param {string} text */
function showText(key, text) {
  const field = nodeOf("field", key);
  if (field instanceof HTMLInputElement && field.value !== text) {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
  }
}

export { call, fieldOf, keyOf, nodeOf, say, setProps, showSaid, showText, thumbOf, write };

// ---- the stops of a slider ----------------------------------------------------------------------------------------

/** @typedef {{ position: number, value: number | null, text: string, said: string, caption?: string }} Stop */

/** The texts of a slider's stops; those of one that another setting bounds end there.
 *  @param {Slider} slider @param {number} bound */
export function textsUpTo({ texts, up_to: bounded }, bound) {
  return texts && bounded ? [...texts.filter((text) => Number(text) < bound), String(bound)] : texts;
}

/** @param {Slider} slider @param {number} index */
const positionOf = ({ first, step }, index) => Number((first + index * step).toFixed(9));

/** The stop nearest to a position. @param {Slider} slider @param {string[] | undefined} texts @param {number} position @returns {Stop} */
export function stopAt(slider, texts, position) {
  if (!texts) return { position, value: position, text: String(position), said: String(position) };
  const { first, step, captions, blank = "" } = slider;
  const index = Math.min(Math.max(Math.round((position - first) / step), 0), texts.length - 1);
  const text = texts[index] || blank, caption = captions?.[index];
  return {
    position: positionOf(slider, index),
    value: texts[index] ? Number(texts[index]) : null,
    text,
    caption,
    said: caption ? `${text}: ${caption}` : text,
  };
}

/** The last position of a slider with texts. @param {Slider} slider @param {string[]} texts */
export const lastOf = (slider, texts) => positionOf(slider, texts.length - 1);

/** The position `by` regular stops from another; from between two stops the first move goes to the neighbour.
 *  @param {Slider} slider @param {number} position @param {number} by @param {number} last */
export function neighbour({ first, step }, position, by, last) {
  const index = Number(((position - first) / step).toFixed(6));
  const next = by > 0 ? Math.floor(index) + by : Math.ceil(index) + by;
  return Math.min(Math.max(first + next * step, first), last);
}
