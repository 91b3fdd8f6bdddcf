// The group "Explore": panels that ask about many runs. Each comes when it is on view first: its graph is drawn, its board is made, what it
// knows is asked for, and it is a panel like the others. Knows which there are; not what they show.
import { find } from "../base/elements.js";
import { on } from "../base/events.js";
import { notice } from "../base/notice.js";
import { server } from "../base/server.js";
import { panelControls } from "../panels/controls.js";
import { PANELS } from "../panels/index.js";
import { stage } from "../player/stage.js";
import { boardAt, isVisible } from "../plot/boards.js";
import { theme } from "../plot/theme.js";
import { onView } from "../state/on_view.js";
import { redraw, state } from "../state/state.js";
import { foot } from "./foot.js";
import { inquiries } from "./inquiry.js";
/** @import { Exploring } from "../types.d.ts" */

/** The modules of the panels, by name, in the order of components/panels.py. @type {Record<string, () => Promise<{ panel: Exploring }>>} */
const MODULES = {
  sweep: () => server.module(() => import("./sweep.js")),
  race: () => server.module(() => import("./race.js")),
  stability: () => server.module(() => import("./stability.js")),
  basins: () => server.module(() => import("./basins.js")),
  seeds: () => server.module(() => import("./seeds.js")),
  finder: () => server.module(() => import("./finder.js")),
};
const LOST = "This panel did not arrive: press its name in Explore again, or load the page anew.";

/** @type {Map<string, Exploring>} */
const here = new Map();
/** @type {Set<string>} */
const coming = new Set();

/** @param {string} name */
async function bring(name) {
  if (coming.has(name) || here.has(name)) return;
  coming.add(name);
  try {
    const { panel } = await MODULES[name]();
    foot.build(panel, figureOf(name)); // it takes some of the height
    furnish(panel);
  } catch (error) {
    console.error(error);
    notice.say(LOST);
    server.compare();
  } finally {
    coming.delete(name);
  }
}

/** @param {string} name */
const figureOf = (name) => find(document, `.panel[data-panel="${name}"]`);

/** It is a panel like the others from now on. @param {Exploring} panel */
function furnish(panel) {
  const { name } = panel;
  PANELS[name] = panel;
  here.set(name, panel);
  const bare = { showlegend: false, hovermode: false, dragmode: "zoom", autosize: true };
  const board = stage.build(figureOf(name), { data: [theme.traces().anchor], layout: { ...bare, ...panel.axes } });
  stage.stand();
  panel.furnish?.(board);
  panelControls.offer(state);
  inquiries.join(panel);
  redraw({});
}

function look() {
  for (const name of onView.shown) if (name in MODULES) bring(name);
}

/** What lies over the plots goes with them. */
function follow() {
  for (const [name, panel] of here) if (isVisible(boardAt(name))) panel.follow?.(boardAt(name), state);
}

/** Their feet say how far they are. */
function tell() {
  for (const panel of here.values()) foot.show(panel, state);
}

on("panels", look);
on("draw", follow);
on("explored", tell);
on("run", tell); // their numbers are of the run on the stage, too
look();
