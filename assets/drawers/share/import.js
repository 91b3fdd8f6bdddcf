// A file of settings, dropped anywhere on the page or chosen: reads it and opens what it holds. Whatever else a file may be is
// one sentence, and nothing is lost. Knows the file's form (components/exports/data_files.py); the server reads the values themselves.
import { download } from "../../base/download.js";
import { notice } from "../../base/notice.js";
import { address } from "../../form/address.js";
/** @import { Values } from "../../types.d.ts" */

const MOST = 64e6; // bytes: a file with all numbers of a long run, which is read for its settings
const MARK = "descent-lab", VERSION = 1;

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

class Unreadable extends Error {}

/** {values, view} of a file, as the server will read them; throws Unreadable with a sentence. @param {File} file */
async function read(file) {
  if (file.size > MOST) {
    throw new Unreadable(`${file.name} has ${download.size(file.size)}; at most ${download.size(MOST)} are read.`);
  }
  /** @type {unknown} */
  let found;
  try {
    found = JSON.parse(await file.text());
  } catch {
    throw new Unreadable(`${file.name} cannot be read as JSON.`);
  }
  if (!isObject(found) || !(MARK in found)) throw new Unreadable(`${file.name} is no file of settings of Descent Lab.`);
  if (found[MARK] !== VERSION) {
    throw new Unreadable(`${file.name} is of another version of Descent Lab than this one can read.`);
  }
  if (!isObject(found.values)) {
    throw new Unreadable(`${file.name} holds an experiment written in Python and no settings of this page.`);
  }
  return {
    values: /** @type {Values} */ (found.values),
    view: /** @type {Record<string, string>} */ (isObject(found.view) ? found.view : {}),
  };
}

/** Opens what a file holds; returns the sentence that says so, or why not. @param {File} file */
async function open(file) {
  try {
    const reply = await address.enter(await read(file));
    return reply?.changes.join(" ") || (reply ? `Opened ${file.name}.` : "");
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return error.message;
  }
}

/** @param {File} file */
const isSettings = ({ name, type }) => type === "application/json" || /\.json$/i.test(name);
/** @param {DragEvent} event */
const brings = (event) => event.dataTransfer?.types.includes("Files") ?? false;

// Before Fit takes it for points (assets/drawers/problem/custom_data.js); elsewhere the browser would leave the page for the file.
document.addEventListener("dragover", (event) => {
  if (brings(event)) event.preventDefault();
});
document.addEventListener("drop", async (event) => {
  const file = brings(event) && event.dataTransfer?.files[0];
  if (!file || !isSettings(file)) return;
  event.preventDefault();
  event.stopPropagation();
  const words = await open(file);
  if (words) notice.say(words);
}, true);
addEventListener("drop", (event) => {
  if (!brings(event) || event.defaultPrevented) return;
  event.preventDefault();
  notice.say("A file of settings (JSON) may be dropped anywhere, a file of points onto Fit.");
});

export const restoring = { open, MOST };
