// What a picture says of itself in sentences above its plot, in as many lines as there is room for, the first one in bold. Knows words and
// pixels; not what they say.
import { marks } from "../plot/marks.js";
import { names } from "../plot/names.js";
import { theme } from "../plot/theme.js";
/** @import { Context } from "../types.d.ts" */
/** A sentence, or wordings of one, shorter ones later. @typedef {string | string[]} Sentence */
/** A line, and whether it is of the first sentence. @typedef {{ text: string, bold: boolean }} Line */

const LINE = 1.32; // of the size of text
const SHARE = 0.22, MOST = 4; // of a graph's height, and lines, at most
const BRIEF = 2; // lines of the first sentence, where it has a wording as short; and of all in a low graph
const LOW = 20; // times the size of text
const EDGE = 0.5; // of the size of text: left and right of the lines
const BOLD = 650;

/** Words in lines of at most so many px. @param {string} words @param {number} most @param {(words: string) => number} width */
function wrapped(words, most, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of words.split(" ")) {
    const last = lines.length - 1, longer = `${lines[last]} ${word}`;
    if (last >= 0 && width(longer) <= most) lines[last] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The lines of sentences, as many as are no more than so many; of each the first wording that is short enough, and the last one of the
 *  first sentence in any case.
 *  @param {Sentence[]} sentences @param {number} most lines @param {(words: string, bold: boolean) => string[]} broken @returns {Line[]} */
function fitting(sentences, most, broken) {
  /** @type {Line[]} */
  const found = [];
  for (const [i, one] of sentences.filter((one) => one.length > 0).entries()) {
    const wordings = (Array.isArray(one) ? one : [one]).map((words) => broken(words, i === 0));
    const room = i ? most - found.length : Math.min(most, BRIEF);
    const lines = wordings.find(({ length }) => length <= room) ?? (i ? null : wordings.at(-1));
    if (!lines) break;
    found.push(...lines.map((text) => ({ text, bold: i === 0 })));
  }
  return found;
}

/** @param {Sentence[]} sentences @param {{ clientWidth: number, clientHeight: number }} graph */
function lines(sentences, { clientWidth, clientHeight }) {
  const size = theme.text(), most = clientWidth - 2 * EDGE * size;
  return fitting(
    sentences,
    Math.min(clientHeight < LOW * size ? BRIEF : MOST, Math.floor((SHARE * clientHeight) / (LINE * size))),
    (words, bold) => wrapped(words, most, names.measure(bold ? BOLD : 400)),
  );
}

/** The height that they take, in px. @param {Sentence[]} sentences @param {{ clientWidth: number, clientHeight: number }} graph */
const room = (sentences, graph) => lines(sentences, graph).length * LINE * theme.text();

/** At the top of a graph. @param {Context} ctx @param {Sentence[]} sentences @param {{ clientWidth: number, clientHeight: number }} graph */
function paint(ctx, sentences, graph) {
  const size = theme.text();
  lines(sentences, graph).forEach(({ text, bold }, i) =>
    marks.text(ctx, text, EDGE * size, (i + 0.6) * LINE * size, {
      weight: bold ? BOLD : 400,
      colour: bold ? null : theme.now().soft,
    })
  );
}

const SMALL = [32, 16]; // times the size of text: width and height

/** Whether a graph has little room beside or below what is said. @param {{ clientWidth: number, clientHeight: number }} graph */
const small = ({ clientWidth, clientHeight }) =>
  clientWidth < SMALL[0] * theme.text() || clientHeight < SMALL[1] * theme.text();

export const verdict = { wrapped, fitting, room, small, paint };
