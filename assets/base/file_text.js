// What a file holds: its text, in any encoding that spreadsheets write, or one sentence that says what else it is and
// what to do. Knows bytes; not what a text is for.
// deno-lint-ignore-file no-control-regex -- a file is known by its bytes
import { format } from "./format.js";

const HEAD = 65_536; // bytes at either end by which a file is known
const NO_TEXT = 0.01; // share of control characters from which it is no text
const MARKS = new Map([["255,254", "utf-16le"], ["254,255", "utf-16be"]]);
const SHEET = "open it and copy its two columns, or save them as CSV";

/** The first and last bytes as Latin-1: what such a file is, and what to do with it.
 *  @type {[bytes: RegExp, kind: string, advice: string][]} */
const KINDS = [
  [/^PK\x03\x04[^]*opendocument\.spreadsheet/, "a LibreOffice spreadsheet", SHEET],
  [/^PK\x03\x04[^]*xl\//, "an Excel workbook", SHEET],
  [/^PK\x03\x04[^]*Index\/[^]*\.iwa/, "a Numbers spreadsheet", SHEET],
  [/^PK\x03\x04[^]*word\//, "a Word document", "open it and copy the numbers"],
  [/^PK(\x03\x04|\x05\x06)/, "a zip archive", "unpack it, and open the table that is in it"],
  [/^\xd0\xcf\x11\xe0/, "an older Office document", SHEET],
  [/^%PDF-/, "a PDF document", "open it and copy the numbers"],
  [/^(\x89PNG|\xff\xd8\xff|GIF8[79]a|BM....\0\0\0\0|II\*\0|MM\0\*)/s, "a picture", "type the numbers that it shows"],
  [/^(RIFF....WEBP|....ftyp(heic|heix|mif1|avif))/s, "a picture", "type the numbers that it shows"],
  [/^(\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ|7z\xbc\xaf|Rar!\x1a|\x28\xb5\x2f\xfd)/, "a compressed file", "unpack it first"],
  [/^\x93NUMPY/, "a numpy array", "write it with numpy.savetxt"],
  [/^(MATLAB 5\.0 MAT-file|\x89HDF)/, "a file of Matlab or HDF5", "write its two columns as text (writematrix)"],
  [/^(SQLite format 3\0|PAR1[^]*\0)/, "a database", "write its two columns as CSV"],
  [/^\{\\rtf/, "a formatted document", "open it and copy the numbers"],
  [/^(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|svg|table)/i, "a web page or XML", "open it and copy its two columns"],
  [/^\s*\{\s*"descent-lab"/, "a file of settings of this lab", "drop it onto the page outside this form"],
];

/** A TextDecoder's "latin1" would be windows-1252. @param {Uint8Array} bytes */
const latin = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
/** @param {File} file @param {number} from @param {number} to */
const part = async (file, from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer());

/** {text} of a file, or {problem}: a sentence. At most `most` bytes are read; `what` says what would have no more.
 *  @param {File} file @param {number} most @param {string} what */
async function read(file, most, what) {
  const name = `\u201c${file.name}\u201d`;
  try {
    const { size } = file, tail = Math.max(HEAD, size - HEAD);
    const ends = latin(await part(file, 0, HEAD)) + latin(await part(file, tail, size));
    const [, kind, advice] = KINDS.find(([pattern]) => pattern.test(ends)) ?? [];
    if (kind) return { problem: `${name} is ${kind}, no list of points: ${advice}.` };
    if (size > most) return { problem: `${name} has ${format.count(size)} bytes: that is no ${what}.` };
    const text = decoded(new Uint8Array(await file.arrayBuffer()));
    if (!text.trim()) return { problem: `${name} is empty.` };
    const strange = text.replace(/[\0\x1a]+$/, "").match(/[\0-\x08\x0e-\x1f\x7f]/g)?.length ?? 0;
    if (strange <= NO_TEXT * text.length) return { text };
    return { problem: `${name} is no text: save its two columns as CSV, or copy and paste them.` };
  } catch {
    return { problem: `${name} cannot be read.` }; // a folder, or a file that has gone
  }
}

/** Text from bytes: UTF-8 or UTF-16, with or without a mark, else what older Windows programs write. @param {Uint8Array} bytes */
function decoded(bytes) {
  const marked = MARKS.get(bytes.slice(0, 2).join()) ?? zeros(bytes);
  if (marked) return new TextDecoder(marked).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The UTF-16 in which every other byte is zero, as in each character of a table; null for other text. @param {Uint8Array} bytes */
function zeros(bytes) {
  const some = bytes.slice(0, 1000), half = some.length / 2;
  /** @param {0 | 1} odd */
  const share = (odd) => some.filter((byte, i) => byte === 0 && i % 2 === odd).length / half;
  const [even, odd] = [share(0), share(1)];
  return odd > 0.5 && even < 0.1 ? "utf-16le" : even > 0.5 && odd < 0.1 ? "utf-16be" : null;
}

export const contents = { read };
