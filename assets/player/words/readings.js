// What a panel shows as numbers: a group for each thing that can be read in it, of every method on view a number a row of the run. Knows
// series, planes and curves; neither words about them nor a page.
import { format } from "../../base/format.js";
import { captions } from "../../panels/parts/captions.js";
import { slices } from "../../run/slices.js";
import { focus } from "../../state/focus.js";
/** @import { Curve, Panel, Run, State } from "../../types.d.ts" */

/** `name`: what the numbers are, "" for what the panel is called. `aim`: what they would be at best, and what that is called.
 *  @typedef {{ name: string, of: { c: number, at(row: number): number }[], aim: { value: number, name: string } | null }} Group */

/** @param {Run} run @param {State} state @param {string} name @param {(c: number, row: number) => number} value @param {Group["aim"]} [aim] @returns {Group} */
const group = (run, state, name, value, aim = null) => ({
  name,
  of: focus.seen(run.contestants, state).map((c) => ({ c, at: (row) => value(c, row) })),
  aim,
});

/** @param {Run} run @param {State} state */
const loss = (run, state) => [
  group(
    run,
    state,
    run.lossName,
    (c, row) => run.exact[c].loss[row],
    run.floor === null ? null : { value: run.floor, name: captions.of(run).floor },
  ),
];

const FLAT = 1e-9; // of the points' own height: a curve that is so high is at 0

/** How high each curve is at either end of the points. @param {Run} run @param {State} state */
function fit(run, state) {
  const { data, parameters, exact, predict, columns: [x, y] } = run;
  if (!data) return [];
  const least = FLAT * (Math.max(...data.y) - Math.min(...data.y));
  return [Math.min(...data.x), Math.max(...data.x)].map((end) => {
    /** @param {number[]} params */
    const height = (params) => {
      const value = predict(params, end);
      return Math.abs(value) < least ? 0 : value;
    };
    return group(
      run,
      state,
      `${y} at ${x} = ${format.short(end, 3)}`,
      (c, row) => height(parameters.map((_, i) => exact[c][`params ${i}`][row])),
      run.true && { value: height(run.true), name: "true" },
    );
  });
}

/** The two numbers of the plane on view. @param {Run} run @param {State} state */
function landscape(run, state) {
  const view = slices.of(run, state), least = run.optimum && view.point(run.optimum);
  return view.names.map((name, i) =>
    group(run, state, name, (c, row) => view.values(c, run)[i][row], least && { value: least[i], name: "minimum" })
  );
}

/** @type {Record<string, string>} */
const MADE = { gradient: "gradient of", direction: "direction of", update: "step in", felt: "rate felt by" };

/** A series in words: "gradient 1" is the gradient of the second parameter. @param {Run} run @param {string} series */
function named(run, series) {
  const [kind, place] = series.split(" "), name = run.parameters[Number(place)];
  return MADE[kind] ? `${MADE[kind]} ${name}` : kind === "params" ? name : "";
}

/** Curves of one kind together. @param {Run} run @param {State} state @param {Curve[]} curves @returns {Group[]} */
function drawn(run, state, curves) {
  const kinds = [...new Set(curves.map(({ name }) => name))];
  return kinds.map((kind) => ({
    name: named(run, kind),
    of: curves.filter(({ c, name }) => name === kind && !state.hidden.has(c)).map(({ c, scale = 1 }) => ({
      c,
      at: (row) => run.exact[c][kind][row] * scale,
    })),
    aim: kind.startsWith("params ") && run.true ? { value: run.true[Number(kind.split(" ")[1])], name: "true" } : null,
  }));
}

/** The gradient that one method is given has no axis of its own: it is drawn below what is made of it. @param {Run} run @param {State} state */
function given(run, { gradientParameter, gradientView, gradientMethod, hidden }) {
  const [c] = gradientMethod.split("+").map(Number).filter((one) => run.contestants[one] && !hidden.has(one));
  if (gradientView === "taken" || c === undefined) return [];
  const both = gradientParameter < 0 ? run.parameters.map((_, i) => i) : [gradientParameter];
  return both.filter(run.watches).map((p) => ({ c, name: `gradient ${p}` }));
}

/** @type {Record<string, (run: Run, state: State) => Group[]>} */
const OWN = { loss, fit, landscape };

/** Every other panel is what its curves say. @param {Panel} panel @param {State} state @returns {Group[]} */
function of(panel, state) {
  const { run } = state;
  if (OWN[panel.name]) return OWN[panel.name](run, state);
  const curves = panel.strips?.(run, state).flatMap((strip) => strip.curves) ?? [];
  return drawn(run, state, [...(panel.name === "gradients" ? given(run, state) : []), ...curves])
    .filter((one) => one.of.length > 0);
}

export const readings = { of };
