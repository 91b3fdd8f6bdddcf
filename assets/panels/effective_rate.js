// The rates that parameters felt: learning rate times what a method multiplies a steady gradient by. Asked of the
// server (components/microscope/answers.py) for the parameters on view, and held with their run as series "felt 0", "felt 1", ...
import { server } from "../base/server.js";
import { decoding } from "../run/decode.js";
import { redraw, state } from "../state/state.js";

const known = new WeakMap(); // run -> {has: places of the methods that have one, places: of parameters, asked: keys, failed}

const of = (run) =>
  known.get(run) ?? known.set(run, { has: [], places: new Set(), asked: new Set(), failed: "" }).get(run);
const held = (run, places) => known.has(run) && places.every((place) => of(run).places.has(place));

async function ask(run, places) {
  const about = of(run), key = places.join();
  if (about.asked.has(key)) return;
  about.asked.add(key);
  try {
    const { has, rates } = await server.ask("felt", { parameters: places }, { values: run.values });
    const numbers = decoding.decode(rates), length = 3 * Math.ceil(run.drawn / 3); // as rows are filled up
    has.forEach((c, i) =>
      places.forEach((place, j) => {
        const at = (i * places.length + j) * length;
        run.exact[c][`felt ${place}`] = numbers.subarray(at, at + run.drawn);
      })
    );
    about.has = has;
    about.failed = "";
    for (const place of places) about.places.add(place);
  } catch (error) {
    about.failed = error.message;
    server.again(error, () => {
      about.asked.delete(key);
      if (state.run === run) ask(run, places);
    });
  }
  if (state.run !== run) return;
  redraw({});
}

/** Whether the rates of these parameters are here; if not they are asked for. */
function ready(run, places) {
  if (held(run, places)) return true;
  if (!state.growing) ask(run, places);
  return false;
}

/** Why there are none. */
function says(run, places) {
  if (of(run).failed) return of(run).failed;
  return held(run, places) ? "" : "on its way";
}

/** The names of the methods that have no such rate. */
const without = (run) => run.contestants.filter((_, c) => !of(run).has.includes(c)).map(({ label }) => label);

export const effectiveRate = { held, ready, says, without, has: (run) => of(run).has };
