// Replies: the last few, by the values that they answer, and their runs; and what a setting is after one. Knows what a reply holds,
// and one setting at a time; asks for nothing, and knows no form.
import { decoding } from "../run/decode.js";

/** @import { Ran, Reply, Run, Setting, Values } from "../types.d.ts" */

const HELD = 12; // replies kept in the browser
/** Values as JSON -> reply, oldest first. @type {Map<string, Reply>} */
const held = new Map();

/** The same for the same values in any order; no list of methods is the article's. @param {Values} values */
const keyOf = ({ methods = null, data = "", ...values }) =>
  JSON.stringify([Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)), methods, data]);

/** @param {Reply} reply @returns {reply is Ran} */
const hasRun = (reply) => reply.run !== null;

/** A reply's run with the `values` that it was made with, and these as texts (`settings`), but for those of no use to it.
 *  @param {Ran} reply @returns {Run} */
function read({ run, form, unused, values }) {
  const used = Object.entries(form).filter(([key]) => !unused.includes(key));
  return Object.assign(decoding.read(run), { values, settings: new Map(used.map(([key, { text }]) => [key, text])) });
}

/** @param {string} key */
const get = (key) => held.get(key);

/** Keep it as the newest. @param {string} key @param {Reply} reply */
function hold(key, reply) {
  held.delete(key);
  held.set(key, reply);
  const [oldest] = held.keys();
  if (held.size > HELD) held.delete(oldest);
}

// ---- a setting after a reply ------------------------------------------------------------------------------------------

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
function merge(
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

export { merge };
export const replies = { get, hold, hasRun, keyOf, read };
