// The code of a run: "Show the code" in the drawer "Share", a dialog with a program (components/exports/programs.py), to be copied or saved.
// Asks for a program when it is to be seen, not before. Knows markup and requests; not what a program says.
import { clipboard } from "../../base/clipboard.js";
import { download } from "../../base/download.js";
import { button, element } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { format } from "../../base/format.js";
import { highlight } from "../../base/highlight.js";
import { server } from "../../base/server.js";
import { state } from "../../state/state.js";
/** @import { Contestant } from "../../types.d.ts" */

/** A program, and the name of its file. @typedef {{ file: string, text: string }} Program */

/** @type {Record<string, string>} */
const LANGUAGES = { numpy: "numpy", torch: "PyTorch" };
/** @type {Record<string, string>} */
const SAYS = {
  numpy:
    "Needs only numpy, and prints the parameters after the last step: the numbers of this page, in all their digits.",
  torch: "Needs PyTorch, and prints the parameters after the last step: the numbers of this page, but for rounding.",
};
let language = "numpy", label = ""; // what is chosen; "" is the method in front
let shown = /** @type {Program | null} */ (null); // on view
let asking = /** @type {AbortController | null} */ (null); // of the one awaited
/** None until the drawer is first opened. @type {ReturnType<typeof make> | null} */
let made = null;

// ---- the section of the drawer ---------------------------------------------------------------------------------------

function build() {
  const section = document.getElementById("share-code");
  if (!section || made) return;
  const parts = made = make();
  section.append(
    element(
      "p",
      { className: "hint" },
      "Each method\u2019s run as a program of some 25 lines: with numpy alone, or in PyTorch.",
    ),
    button("Show the code", () => open(parts), { "aria-haspopup": "dialog" }),
    parts.dialog,
  );
}

// ---- the dialog --------------------------------------------------------------------------------------------------------

function make() {
  const methods = element("select", { className: "choice", "aria-label": "Method of the program" });
  methods.addEventListener("change", () => {
    label = methods.value;
    ask(parts);
  });
  const languages = Object.entries(LANGUAGES).map(([name, words]) =>
    button(words, () => {
      language = name;
      ask(parts);
    }, { "data-language": name })
  );
  const says = element("p", { className: "code-says", role: "status" });
  const text = element("code");
  const sheet = element("pre", { tabIndex: 0, role: "region", "aria-label": "Program" }, text);
  const tools = [button("Copy", () => copy(parts)), button("Download", () => save(parts))];
  const dialog = element(
    "dialog",
    { id: "code", "aria-labelledby": "code-title" },
    element(
      "div",
      { className: "code-bar" },
      element("h2", { id: "code-title" }, "The code"),
      element("div", { className: "parts", role: "group", "aria-label": "Language" }, ...languages),
      methods,
      element("div", { className: "code-tools" }, ...tools, button("Close", () => dialog.close())),
    ),
    says,
    sheet,
  );
  const parts = { dialog, methods, languages, says, text, sheet, tools };
  return parts;
}

/** @typedef {ReturnType<typeof make>} Parts */

/** @param {Parts} parts */
function open(parts) {
  const { run, forward } = state;
  if (!run) return;
  const labels = run.contestants.map((one) => one.label);
  if (forward !== null) label = labels[forward];
  if (!labels.includes(label)) label = labels[0];
  parts.methods.replaceChildren(...labels.map((one) => new Option(one, one, one === label, one === label)));
  show(parts, null);
  parts.dialog.showModal();
  ask(parts);
}

/** @param {Parts} parts */
async function ask(parts) {
  for (const node of parts.languages) node.setAttribute("aria-pressed", String(node.dataset.language === language));
  asking?.abort();
  const mine = asking = new AbortController();
  const { run } = state, method = parts.methods.selectedIndex;
  try {
    const answer = await server.ask("code", { method, language }, { values: run.values, signal: mine.signal });
    show(parts, /** @type {Program} */ (answer), `${SAYS[language]}${warning(run.contestants[method])}`);
  } catch (error) {
    if (server.givenUp(error)) return;
    show(parts, null, server.says(error));
    server.again(error, () => {
      if (asking === mine && parts.dialog.open) ask(parts);
    });
  }
}

/** @param {Contestant} contestant */
function warning({ diverged, verdict }) {
  if (!diverged) return "";
  const ends = verdict.kind === "diverged" ? "This run diverges" : "The slope is not computable";
  return ` ${ends} at step ${format.count(diverged.at)}: the program goes on, and its numbers then mean nothing.`;
}

/** A program, or why there is none. @param {Parts} parts @param {Program | null} answer */
function show(parts, answer, words = "") {
  shown = answer;
  parts.says.textContent = words;
  parts.says.classList.toggle("problem", !answer && words !== "");
  parts.text.replaceChildren(...highlight.nodes(answer?.text ?? ""));
  parts.sheet.hidden = !answer;
  parts.sheet.scrollTo(0, 0);
  for (const tool of parts.tools) tool.disabled = !answer;
}

/** @param {Parts} parts */
async function copy(parts) {
  if (!shown) return;
  const copied = await clipboard.copy(shown.text);
  if (!copied) getSelection()?.selectAllChildren(parts.text);
  parts.says.textContent = copied
    ? "Copied."
    : "The browser does not let a page copy: the program is selected, copy it yourself.";
}

/** @param {Parts} parts */
function save(parts) {
  if (!shown) return;
  download.text(shown.file, shown.text, "text/x-python");
  parts.says.textContent = `Saved as ${shown.file}.`;
}

on("drawer", ({ name, open: opens }) => {
  if (name === "share" && opens) build();
});
