// The dialog with the program that repeats an exploration, to be copied or saved. Knows markup; not what a program says.
import { clipboard } from "../base/clipboard.js";
import { download } from "../base/download.js";
import { button, element } from "../base/elements.js";
import { highlight } from "../base/highlight.js";
/** @import { Program } from "../types.d.ts" */

const SAYS =
  "Computes the same with numpy and Descent Lab’s package optim alone, and prints all numbers in all their digits.";
/** @type {ReturnType<typeof make> | null} */
let made = null;
let shown = /** @type {Program | null} */ (null);

function make() {
  const text = element("code"), says = element("p", { className: "code-says", role: "status" });
  const dialog = element(
    "dialog",
    { id: "explore-code", "aria-labelledby": "explore-code-title" },
    element(
      "div",
      { className: "code-bar" },
      element("h2", { id: "explore-code-title" }, "The code"),
      element(
        "div",
        { className: "code-tools" },
        button("Copy", copy),
        button("Download", save),
        button("Close", () => dialog.close()),
      ),
    ),
    says,
    element("pre", { tabIndex: 0, role: "region", "aria-label": "Program" }, text),
  );
  document.body.append(dialog);
  return { dialog, text, says };
}

async function copy() {
  if (!shown || !made) return;
  const copied = await clipboard.copy(shown.text);
  if (!copied) getSelection()?.selectAllChildren(made.text);
  made.says.textContent = copied
    ? "Copied."
    : "The browser does not let a page copy: the program is selected, copy it yourself.";
}

function save() {
  if (!shown || !made) return;
  download.text(shown.file, shown.text, "text/x-python");
  made.says.textContent = `Saved as ${shown.file}.`;
}

/** @param {Program | null} one */
function show(one) {
  if (!one) return;
  made ??= make();
  shown = one;
  made.says.textContent = SAYS;
  made.text.replaceChildren(...highlight.nodes(one.text));
  made.dialog.showModal();
}

export const program = { show };
