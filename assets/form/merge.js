// What a setting is after an answer of the server: its own values, unless the form has moved on since they were asked about. Knows one
// setting at a time; no form and no page.
/** @import { Setting } from "../types.d.ts" */

/** @typedef {{ asked: Setting | false | undefined, canonical: Setting, readable: boolean, noted: boolean }} Answered */
/** @typedef {{ newest: boolean, kept: boolean, held: boolean, holding: boolean }} Situation */

/** The setting after an answer: {value, valid, shows, differs}; `shows`: the answer is to be shown, `differs`: its run is not of the
 *  form's values and is to be asked for again.
 *
 *  value: what is asked for. valid: the last that could be read. committed: the text that was sent and not answered, if any.
 *  asked: the value that this is the answer to, undefined where it was not among them, false for one that was too long to come back.
 *  canonical: how it was read. readable: whether it could be. noted: whether something is said about it.
 *  newest: no other answer is under way. kept: a person has set it since what renewed all others. held: it is in somebody's hand.
 *  holding: any setting is. What the server chose itself, such as a problem's learning rates, holds for the newest answer only.
 *
 *  @param {{ value: Setting, valid: Setting, committed?: string }} field @param {Answered} answer @param {Situation} situation */
export function merge(
  { value, valid, committed },
  { asked, canonical, readable, noted },
  { newest, kept, held, holding },
) {
  const same = { value, valid, shows: false, differs: false };
  const chosen = canonical !== asked && asked !== false;
  if (chosen && !newest && !holding) return same;
  const movedOn = asked !== undefined && (asked !== value ? !(chosen && newest) : chosen && kept);
  if (movedOn) return { ...same, differs: newest && asked !== false };
  if (held) return same;
  if (!readable) return { ...same, value: valid, shows: true }; // the field keeps what cannot be read, the run keeps its value
  if (committed !== undefined && committed !== asked) return { ...same, valid: canonical }; // it stays marked until it is mended
  // While Points is dragged through small numbers, Batch size is shown smaller but not forgotten.
  return { value: holding && noted ? value : canonical, valid: canonical, shows: true, differs: false };
}
