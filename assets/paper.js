// Paper: while the page is printed it is one sheet, light and in normal type: the sentence, all panels side by side in a size that
// fits A4 both ways, the readout, and the address. Knows when the browser prints; print.css says what the sheet leaves out.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const root = document.documentElement;
  const SHARP = 3;        // pixels of a canvas for each of the sheet
  const LONGEST = 1500;   // letters of an address that has room below
  const media = matchMedia("print");
  let line = null;
  let printing = false, held = false; // held: from "beforeprint" to "afterprint", whatever media say meanwhile

  /** The address of what is on view; a saved page has that of the lab it came from, or none. */
  function address() {
    const href = lab.link?.href() ?? document.querySelector("a#open-in-lab")?.href ?? "";
    const says = href.length <= LONGEST ? href
      : `The link of this page has ${lab.numbers.count(href.length)} letters: the lab has it under Share.`;
    line = lab.element("p", { id: "paper-link" }, href === says ? lab.element("a", { href }, says) : says);
    document.getElementById("stage").append(line);
  }

  /** Everything anew in the sizes and colours of now, at once: the browser does not wait. */
  function draw(per) {
    lab.stage.sharpen(per);
    for (const { graph } of lab.stage.boards.values()) window.Plotly.relayout(graph, { autosize: true });
    lab.stage.restyle();
    lab.stage.paint();
  }

  function begin() {
    if (printing || !lab.stage.state.run) return;
    printing = true;
    address();
    lab.colours.print(true);
    root.dataset.printing = "true";
    draw(SHARP);
  }

  function end() {
    if (!printing) return;
    printing = false;
    line.remove();
    lab.colours.print(false);
    delete root.dataset.printing;
    draw(null);
  }

  addEventListener("beforeprint", () => { held = true; begin(); });
  addEventListener("afterprint", () => { held = false; end(); });
  media.addEventListener("change", ({ matches }) => { if (matches) begin(); else if (!held) end(); });
})();
