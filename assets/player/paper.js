// Paper: while the page is printed it is one sheet, light and in normal type: the sentence, the panels on view side by side in a size that
// fits A4 both ways, the readout, and the address. Knows when the browser prints; print.css says what the sheet leaves out.
import { byId, element } from "../base/elements.js";
import { emit } from "../base/events.js";
import { format } from "../base/format.js";
import { boards } from "../plot/boards.js";
import { canvases } from "../plot/canvas.js";
import { theme } from "../plot/theme.js";
import { draw, state } from "../state/state.js";

const root = document.documentElement;
const SHARP = 3; // pixels of a canvas for each of the sheet
const LONGEST = 1500; // letters of an address that has room below
const media = matchMedia("print");
let line = /** @type {HTMLElement | null} */ (null);
let tabled = /** @type {string | undefined} */ (undefined); // whether the readout's whole table was on view
let printing = false, held = false; // held: from "beforeprint" to "afterprint", whatever media say meanwhile

/** The address of what is on view; a saved page has that of the lab it came from, or none. */
function foot() {
  const href = paper.href();
  const says = href.length <= LONGEST
    ? href
    : `The link of this page has ${format.count(href.length)} letters: the lab has it under Share.`;
  line = element("p", { id: "paper-link" }, href === says ? element("a", { href }, says) : says);
  byId("stage").append(line);
}

/** Everything anew in the sizes and colours of now, at once: the browser does not wait. @param {number | null} per */
function redraw(per) {
  canvases.sharpen(per);
  for (const { graph } of boards.values()) if (graph._fullLayout) window.Plotly.relayout(graph, { autosize: true });
  emit("dress");
  draw();
}

function begin() {
  if (printing || !state.run) return;
  printing = true;
  foot();
  tabled = byId("lab").dataset.table;
  byId("lab").dataset.table = "true"; // paper has room for all of it
  theme.print(true);
  root.dataset.printing = "true";
  redraw(SHARP);
}

function end() {
  if (!printing) return;
  printing = false;
  line?.remove();
  theme.print(false);
  delete root.dataset.printing;
  byId("lab").dataset.table = tabled ?? "false";
  redraw(null);
}

addEventListener("beforeprint", () => {
  held = true;
  begin();
});
addEventListener("afterprint", () => {
  held = false;
  end();
});
media.addEventListener("change", ({ matches }) => {
  if (matches) begin();
  else if (!held) end();
});

/** Where the page can be found: the offline page has the address of the lab that it came from, or none. */
export const paper = {
  href() {
    const way = document.getElementById("open-in-lab");
    return way instanceof HTMLAnchorElement ? way.href : "";
  },
};
