// The code of a run: "Show the code" in the drawer "Share", a dialog with a program (components/exports/programs.py), to be copied or saved.
// Asks for a program when it is to be seen, not before. Knows methods, languages and requests; not what a program says.
import { button, element } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { format } from "../../base/format.js";
import { programs } from "../../base/program.js";
import { server } from "../../base/server.js";
import { state } from "../../state/state.js";
/** @import { Contestant, Program } from "../../types.d.ts" */

/** @type {Record<string, string>} */
const LANGUAGES = { numpy: "numpy", torch: "PyTorch" };
/** @type {Record<string, string>} */
const SAYS = {
  numpy:
    "Needs only numpy, and prints the parameters after the last step: the numbers of this page, in all their digits.",
  torch: "Needs PyTorch, and prints the parameters after the last step: the numbers of this page, but for rounding.",
};
let language = "numpy", label = ""; // what is chosen; "" is the method in front
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
  const group = element("div", { className: "parts", role: "group", "aria-label": "Language" }, ...languages);
  const parts = { ...programs.make("code", group, methods), methods, languages };
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
  parts.show(null);
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
    parts.show(/** @type {Program} */ (answer), `${SAYS[language]}${warning(run.contestants[method])}`);
  } catch (error) {
    if (server.givenUp(error)) return;
    parts.show(null, server.says(error));
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

on("drawer", ({ name, open: opens }) => {
  if (name === "share" && opens) build();
});
