// The stops of a slider: which positions it has, and what each means. Knows a slider as the server describes it: {first, step, texts,
// captions, blank}, without texts where every position is a number of its own; no page.

/** The texts of a slider's stops; those of one that another setting bounds end there. */
export function textsUpTo({ texts, up_to: bounded }, bound) {
  return bounded ? [...texts.filter((text) => Number(text) < bound), String(bound)] : texts;
}

const positionOf = ({ first, step }, index) => Number((first + index * step).toFixed(9));

/** The stop nearest to a position: {position, value, text, said, caption}. */
export function stopAt(slider, texts, position) {
  if (!texts) return { position, value: position, text: String(position), said: String(position) };
  const { first, step, captions, blank } = slider;
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

/** The last position of a slider with texts. */
export const lastOf = (slider, texts) => positionOf(slider, texts.length - 1);

/** The position `by` regular stops from another; from between two stops the first move goes to the neighbour. */
export function neighbour({ first, step }, position, by, last) {
  const index = Number(((position - first) / step).toFixed(6));
  const next = by > 0 ? Math.floor(index) + by : Math.ceil(index) + by;
  return Math.min(Math.max(first + next * step, first), last);
}
