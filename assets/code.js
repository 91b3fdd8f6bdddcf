// The code of a run: "Show the code" in the drawer "Share", a dialog with a program (components/programs.py), to be copied or saved.
// Asks for a program when it is to be seen, not before. Knows markup and requests; not what a program says.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const LANGUAGES = { numpy: "numpy", torch: "PyTorch" };
  const SAYS = {
    numpy: "Needs only numpy, and prints the parameters after the last step: the numbers of this page, in all their digits.",
    torch: "Needs PyTorch, and prints the parameters after the last step: the numbers of this page, but for rounding.",
  };
  let language = "numpy", label = null; // what is chosen; null is the method in front
  let shown = null, asking = null;      // the answer on view, and the controller of the one awaited
  let dialog = null, parts = null;

  const element = (...parts) => lab.element(...parts);

  function button(words, work, at = {}) {
    const node = element("button", { type: "button", className: "button", ...at }, words);
    node.addEventListener("click", work);
    return node;
  }

  // ---- the section of the drawer ---------------------------------------------------------------------------------------

  function build() {
    const section = document.getElementById("share-code");
    if (!section || dialog) return;
    dialog = make();
    section.append(
      element("p", { className: "hint" }, "Each method\u2019s run as a program of some 25 lines: with numpy alone, or in PyTorch."),
      button("Show the code", open, { "aria-haspopup": "dialog" }),
      dialog,
    );
  }

  // ---- the dialog --------------------------------------------------------------------------------------------------------

  function make() {
    const methods = element("select", { className: "choice", "aria-label": "Method of the program" });
    methods.addEventListener("change", () => { label = methods.value; ask(); });
    const languages = Object.entries(LANGUAGES).map(([name, words]) => button(words, () => { language = name; ask(); }, { "data-language": name }));
    const says = element("p", { className: "code-says", role: "status" });
    const text = element("code");
    const sheet = element("pre", { tabIndex: 0, role: "region", "aria-label": "Program" }, text);
    const tools = [button("Copy", copy), button("Download", save)];
    parts = { methods, languages, says, text, sheet, tools };
    return element("dialog", { id: "code", "aria-labelledby": "code-title" },
      element("div", { className: "code-bar" },
        element("h2", { id: "code-title" }, "The code"),
        element("div", { className: "parts", role: "group", "aria-label": "Language" }, ...languages),
        methods,
        element("div", { className: "code-tools" }, ...tools, button("Close", () => dialog.close()))),
      says, sheet);
  }

  function open() {
    const { run, forward } = lab.stage.state;
    if (!run) return;
    const labels = run.contestants.map((one) => one.label);
    if (forward !== null) label = labels[forward];
    if (!labels.includes(label)) label = labels[0];
    parts.methods.replaceChildren(...labels.map((one) => new Option(one, one, one === label, one === label)));
    show(null);
    dialog.showModal();
    ask();
  }

  async function ask() {
    for (const node of parts.languages) node.setAttribute("aria-pressed", String(node.dataset.language === language));
    asking?.abort();
    const mine = asking = new AbortController();
    const { run } = lab.stage.state, method = parts.methods.selectedIndex;
    try {
      const answer = await lab.inquiries.ask("code", { method, language }, { values: run.values, signal: mine.signal });
      show(answer, `${SAYS[language]}${warning(run.contestants[method])}`);
    } catch (error) {
      if (error.name === "AbortError") return;
      show(null, error.message);
      lab.inquiries.again(error, () => { if (asking === mine && dialog.open) ask(); });
    }
  }

  function warning({ diverged, verdict }) {
    if (!diverged) return "";
    const ends = verdict.kind === "diverged" ? "This run diverges" : "The slope is not computable";
    return ` ${ends} at step ${lab.numbers.count(diverged.at)}: the program goes on, and its numbers then mean nothing.`;
  }

  /** A program, or why there is none. */
  function show(answer, words = "") {
    shown = answer;
    parts.says.textContent = words;
    parts.says.classList.toggle("problem", !answer && words !== "");
    parts.text.replaceChildren(...lab.python.nodes(answer?.text ?? ""));
    parts.sheet.hidden = !answer;
    parts.sheet.scrollTo(0, 0);
    for (const tool of parts.tools) tool.disabled = !answer;
  }

  async function copy() {
    const copied = await lab.clipboard.copy(shown.text);
    if (!copied) getSelection().selectAllChildren(parts.text);
    parts.says.textContent = copied ? "Copied." : "The browser does not let a page copy: the program is selected, copy it yourself.";
  }

  function save() {
    lab.saving.text(shown.file, shown.text, "text/x-python");
    parts.says.textContent = `Saved as ${shown.file}.`;
  }

  document.addEventListener("drawer", ({ detail }) => {
    if (detail.name === "share" && detail.open) build();
  });
})();
