// Files that leave the page: a Blob under a name, as the browser saves it. Knows no contents.
import { format } from "./format.js";

const KEPT = 60_000; // ms until a file's bytes are let go: by then the browser has them

/** @param {string} name @param {Blob} bytes */
function blob(name, bytes) {
  const href = URL.createObjectURL(bytes);
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), KEPT);
}

/** @param {string} name @param {string} words @param {string} type */
const text = (name, words, type) => blob(name, new Blob([words], { type }));
/** @param {string} name @param {unknown} value */
const json = (name, value) => text(name, `${JSON.stringify(value, null, 1)}\n`, "application/json");

/** A size in words: "12 kB", "3.4 MB". @param {number} bytes */
const size = (
  bytes,
) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${format.short(bytes / 1e6, 2)} MB`);

export const download = { blob, text, json, size };
