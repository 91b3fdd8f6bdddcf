// The section "Link" of the drawer "Share": the link to what is on view, to copy, what it leaves out, and the way to the link
// builder. Knows the link as a text; the other sections are drawers/share/code.js' and drawers/share/files.js'.
import { button, byId, element } from "../../base/elements.js";
import { on } from "../../base/events.js";
import { address } from "../../form/address.js";
import { state } from "../../state/state.js";
import { builder } from "./builder.js";
import { copying } from "./copy_field.js";

/** None until the drawer is first opened. @type {ReturnType<typeof build> | null} */
let parts = null;

function build() {
  const status = element("span", { className: "share-status", role: "status" }),
    note = element("p", { className: "hint" });
  const say = (/** @type {string} */ words) => {
    status.textContent = words;
  };
  const link = copying.field("Link", "Copy link", { labelled: false, say });
  const way = button("Link builder\u2026", () => builder.open(), { "aria-haspopup": "dialog" });
  byId("share-link").append(
    element("p", { className: "hint" }, "It opens this very state: settings, methods, step and what is enlarged."),
    ...link.nodes,
    element("div", { className: "files-tools" }, link.button, way, status),
    note,
  );
  return { field: link.field, status, note };
}

function write() {
  if (state.drawer !== "share" || !parts) return;
  const text = address.href(), { field, status, note } = parts;
  if (field.value === text) return;
  field.value = text;
  status.textContent = "";
  note.textContent = copying.lacking(text);
}

on("drawer", ({ name, open }) => {
  if (!open || name !== "share") return;
  parts ??= build();
  write();
});
on("link", write);
