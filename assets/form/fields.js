// The elements of the form's settings, by key: found, and written to. Knows how Dash and Mantine build them; no values.
import { all, around } from "../base/elements.js";

/** @param {string} kind @param {string} key */
const nodeOf = (kind, key) => document.getElementById(`${kind}-${key}`);
/** @param {string} key */
const thumbOf = (key) => document.querySelector(`#slider-${key} [role=slider]`);
/** @param {string} key */
const fieldOf = (key) => document.querySelector(`[data-setting="${key}"] :is(input, [role=radiogroup])`);
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
