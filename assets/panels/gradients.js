// Gradients, for one parameter, or for both of two in rows of their own: what a method is given and what it makes of it (Smoothing, over
// all epochs or the last 90 steps), or the steps that all methods take (learning rate x direction). Knows what can be chosen;
// panels/gradients/view.js shows it, and comes when the panel is on view first.
import { emit } from "../base/events.js";
import { server } from "../base/server.js";
import { bring } from "../state/coming.js";
import { redraw, state } from "../state/state.js";
import { chosen } from "./gradients/chosen.js";
import { options } from "./parts/options.js";
/** @import { Panel, Place, Run, State } from "../types.d.ts" */

const { BOTH, taken, windowed } = chosen;

/** Once it has been wanted. @type {import("./gradients/view.js").GradientsView | null} */
let view = null;
const BRING = async () => view = (await server.module(() => import("./gradients/view.js"))).view;

// ---- what is chosen ------------------------------------------------------------------------------------------------

/** What the Smoothing view can show: each method, and SGD under another laid over it, as the article has it.
 *  @param {Run} run @returns {Record<string, string>} */
function offered({ contestants }) {
  const all = options.numbered(contestants.map(({ label }) => label)), [first, second] = contestants;
  return second && first.method === "SGD" && second.method !== "SGD"
    ? { ...all, "0+1": `${first.label} and ${second.label}` }
    : all;
}

/** What it opens with: the article's pair, or else the second method. @param {Record<string, string>} list */
const usual = (list) => ("0+1" in list ? "0+1" : Object.keys(list)[Math.min(1, Object.keys(list).length - 1)]);

/** Of many parameters those whose gradients are not here can be asked for, where there is a server. @param {Run} run */
const reachable = (run) =>
  Object.fromEntries(
    Object.entries(options.numbered(run.parameters)).filter(([i]) => server.online || run.watches(Number(i))),
  );

/** Two parameters can be shown at once. @param {Run} run */
const pair = ({ parameters: { length }, watched }) => length === 2 && watched === null;

/** @param {State} state */
function offer(state) {
  const { run } = state, list = offered(run);
  if (run.watched !== null && !run.watches(state.gradientParameter)) state.gradientParameter = run.watched;
  if (state.gradientParameter === BOTH && run.parameters.length !== 2) state.gradientParameter = 0;
  const parameters = { ...reachable(run), ...(pair(run) ? { [BOTH]: run.parameters.join(" and ") } : {}) };
  options.fill("gradientParameter", parameters, String(state.gradientParameter));
  options.spread("gradientParameter", parameters, String(state.gradientParameter));
  if (!(state.gradientMethod in list)) state.gradientMethod = usual(list);
  options.fill("gradientMethod", list, state.gradientMethod);
}

/** The methods on view, where the list has changed. @param {Place} place @param {State} state */
function carry(place, state) {
  const places = state.gradientMethod.split("+").map((c) => place(Number(c)));
  state.gradientMethod = places.filter((c) => c !== null).join("+");
}

const controls = {
  /** Gradient and direction of one of many parameters are asked for when it is chosen. */
  gradientParameter: (/** @type {number} */ gradientParameter, /** @type {State} */ { run }) => {
    redraw({ gradientParameter });
    if (!run.watches(gradientParameter)) emit("watch", run.parameters[gradientParameter]);
  },
};

/** @type {Panel} */
export const gradients = {
  name: "gradients",
  controls,
  offer,
  carry,
  dress: (state) => options.offer("gradientMethod", !taken(state)),
  strips: (...about) => view?.strips(...about) ?? [],
  paint: (...about) => view ? view.paint(...about) : void bring("gradients", BRING),
  layer: (...about) => view?.layer(...about),
  shape: (...about) => view?.shape(...about) ?? null,
  traces: (...about) => view?.traces(...about) ?? [],
  get time() {
    return !windowed(state);
  },
  ranges: (...about) => view?.ranges(...about) ?? {},
  /** Pins have no place where one method is looked at. */
  pinned: taken,
};
