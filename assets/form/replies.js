// Replies: the last few, by the values that they answer, and their runs. Knows what a reply holds; asks for nothing.
import { decoding } from "../run/decode.js";

/** @import { Ran, Reply, Run, Values } from "../types.d.ts" */

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

export const replies = { get, hold, hasRun, keyOf, read };
