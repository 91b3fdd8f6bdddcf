// A dialog with a program, to be copied or saved. Knows markup; not what a program says, nor where it comes from.
import { clipboard } from "./clipboard.js";
import { download } from "./download.js";
import { button, element } from "./elements.js";
import { highlight } from "./highlight.js";
/** @import { Program } from "../types.d.ts" */

/** A dialog of this id, with what chooses the program in its bar: itself, and `show`, which puts a program and some words into it.
 *  @param {string} id @param {HTMLElement[]} choosers */
function make(id, ...choosers) {
  let shown = /** @type {Program | null} */ (null);
  const says = element("p", { className: "code-says", role: "status" }), text = element("code");
  const sheet = element("pre", { tabIndex: 0, role: "region", "aria-label": "Program" }, text);
  const tools = [button("Copy", copy), button("Download", save)];
  const dialog = element(
    "dialog",
    { id, className: "code", "aria-labelledby": `${id}-title` },
    element(
      "div",
      { className: "code-bar" },
      element("h2", { id: `${id}-title` }, "The code"),
      ...choosers,
      element("div", { className: "code-tools" }, ...tools, button("Close", () => dialog.close())),
    ),
    says,
    sheet,
  );

  async function copy() {
    if (!shown) return;
    const copied = await clipboard.copy(shown.text);
    if (!copied) getSelection()?.selectAllChildren(text);
    says.textContent = copied
      ? "Copied."
      : "The browser does not let a page copy: the program is selected, copy it yourself.";
  }

  function save() {
    if (!shown) return;
    download.text(shown.file, shown.text, "text/x-python");
    says.textContent = `Saved as ${shown.file}.`;
  }

  /** A program and what it is, or why there is none. @param {Program | null} program @param {string} [words] */
  function show(program, words = "") {
    shown = program;
    says.textContent = words;
    says.classList.toggle("problem", !program && words !== "");
    text.replaceChildren(...highlight.nodes(program?.text ?? ""));
    sheet.hidden = !program;
    sheet.scrollTo(0, 0);
    for (const tool of tools) tool.disabled = !program;
  }
  return { dialog, show };
}

export const programs = { make };
