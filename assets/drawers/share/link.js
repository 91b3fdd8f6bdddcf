// The section "Link" of the drawer "Share": the link to what is on view, to copy, what it leaves out, and the way to the link
// builder. Knows the link as a text; the other sections are code.js' and files.js'.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  let field = null, status = null, note = null;

  function build() {
    const say = (words) => { status.textContent = words; };
    status = lab.element("span", { className: "share-status", role: "status" });
    note = lab.element("p", { className: "hint" });
    const link = lab.copying.field("Link", "Copy link", { labelled: false, say });
    field = link.field;
    const way = lab.element("button", { type: "button", className: "button", "aria-haspopup": "dialog" }, "Link builder\u2026");
    way.addEventListener("click", () => lab.builder.open());
    document.getElementById("share-link").append(
      lab.element("p", { className: "hint" }, "It opens this very state: settings, methods, step and what is enlarged."),
      ...link.nodes, lab.element("div", { className: "files-tools" }, link.button, way, status), note);
  }

  function write() {
    if (lab.state.drawer !== "share" || !field) return;
    const text = lab.link.href();
    if (field.value === text) return;
    field.value = text;
    status.textContent = "";
    note.textContent = lab.copying.lacking(text);
  }

  lab.on("drawer", ({ name, open }) => {
    if (!open || name !== "share") return;
    if (!field) build();
    write();
  });
  lab.on("link", write);
})();
