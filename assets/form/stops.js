// The stops of a slider: which positions it has, and what each means. Knows a slider as the server describes it: {first, step, texts,
// captions, blank}, without texts where every position is a number of its own; no page.

/** @import { Slider } from "../types.d.ts" */

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
