// The section "Link" of the drawer "Share": the link to what is on view, to copy, what it leaves out, and the way to the link
// builder. Knows the link as a text; the other sections are code.js' and files.js'.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const LONGEST = 2000; // characters of a link that every program passes on (components/links.py)
  const NAMES = { data: "your own points", formula: "your own function" };
  let field = null, status = null, note = null;

  const element = (...parts) => lab.element(...parts);

  /** A text to copy, with its button: {nodes, field}. `say` tells what became of it. */
  function copied(label, words, { rows = 0, labelled = true, say }) {
    const id = `copy-${label.toLowerCase().replaceAll(" ", "-")}`;
    const box = element(rows ? "textarea" : "input", { id, className: "share-text", readOnly: true, spellcheck: false, ...(rows ? { rows } : { type: "text" }) });
    box.addEventListener("focus", () => box.select());
    const button = element("button", { type: "button", className: "button" }, words);
    button.addEventListener("click", async () => {
      say((await lab.clipboard.copy(box.value)) ? `${label} copied.` : "The browser does not copy: select the text and press Ctrl+C.");
    });
    return { field: box, button, nodes: [element("label", { for: id, className: labelled ? "setting-label" : "unseen" }, label), box] };
  }

  function build() {
    const say = (words) => { status.textContent = words; };
    status = element("span", { className: "share-status", role: "status" });
    note = element("p", { className: "hint" });
    const link = copied("Link", "Copy link", { labelled: false, say });
    field = link.field;
    const builder = element("button", { type: "button", className: "button", "aria-haspopup": "dialog" }, "Link builder\u2026");
    builder.addEventListener("click", () => lab.builder.open());
    document.getElementById("share-link").append(
      element("p", { className: "hint" }, "It opens this very state: settings, methods, step and what is enlarged."),
      ...link.nodes, element("div", { className: "files-tools" }, link.button, builder, status), note);
  }

  /** What a link lacks, and what brings it nevertheless. */
  function lacking(href) {
    const { left } = lab.link;
    if (left.length) {
      const what = left.map((key) => NAMES[key]).join(" and ");
      return `There is no room for ${what} in a link. \u201cSave settings\u201d below makes a file that brings everything back.`;
    }
    return href.length > LONGEST ? `It has ${lab.numbers.count(href.length)} characters: some programs cut it.` : "";
  }

  function write() {
    if (lab.drawers.opened !== "share" || !field) return;
    const text = lab.link.href();
    if (field.value === text) return;
    field.value = text;
    status.textContent = "";
    note.textContent = lacking(text);
  }

  document.addEventListener("drawer", ({ detail }) => {
    if (!detail.open || detail.name !== "share") return;
    if (!field) build();
    write();
  });
  document.addEventListener("link", write);

  lab.share = { copied, lacking };
})();
