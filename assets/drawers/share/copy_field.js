// What a link is handed over with: a text to copy with its button, and the sentence on what it lacks. Knows the link as a text.
import { clipboard } from "../../base/clipboard.js";
import { button, element } from "../../base/elements.js";
import { format } from "../../base/format.js";
import { address } from "../../form/address.js";

const LONGEST = 2000; // characters of a link that every program passes on (components/links/query.py)
/** @type {Record<string, string>} */
const NAMES = { data: "your own points", formula: "your own function" };

/** A text to copy, with its button: {nodes, field}. `say` tells what became of it.
 *  @param {string} label @param {string} words
 *  @param {{ rows?: number, labelled?: boolean, say: (words: string) => void }} how */
function field(label, words, { rows = 0, labelled = true, say }) {
  const id = `copy-${label.toLowerCase().replaceAll(" ", "-")}`;
  const box = element(rows ? "textarea" : "input", {
    id,
    className: "field share-text",
    readOnly: true,
    spellcheck: false,
    ...(rows ? { rows } : { type: "text" }),
  });
  box.addEventListener("focus", () => box.select());
  const copy = button(words, async () => {
    say(
      (await clipboard.copy(box.value))
        ? `${label} copied.`
        : "The browser does not copy: select the text and press Ctrl+C.",
    );
  });
  return {
    field: box,
    button: copy,
    nodes: [element("label", { for: id, className: labelled ? "setting-label" : "unseen" }, label), box],
  };
}

/** What a link lacks, and what brings it nevertheless. @param {string} href */
function lacking(href) {
  const { left } = address;
  if (left.length) {
    const what = left.map((key) => NAMES[key]).join(" and ");
    return `There is no room for ${what} in a link. \u201cSave settings\u201d below makes a file that brings everything back.`;
  }
  return href.length > LONGEST ? `It has ${format.count(href.length)} characters: some programs cut it.` : "";
}

export const copying = { field, lacking };
