// What the theory says of a run: the server's last answer, for whoever draws something of it. Knows of which run it is.
/** @import { State, Theory, ToldTheory } from "../types.d.ts" */

/** Its `hash` says of which run; `why` why there is none. @type {Theory | null} */
let told = null;

/** @param {Theory | null} answer */
function keep(answer) {
  told = answer;
}

/** Whether the server has said what there is of the run on the stage. @param {State} state */
const answered = ({ run }) => told?.hash === run.hash;

/** The theory of the run on the stage, null while it is not here or where there is none.
 *  @param {State} state @returns {ToldTheory | null} */
const of = (state) => (answered(state) && told && told.why === null ? told : null);

export const theory = {
  keep,
  answered,
  of,
  get last() {
    return told;
  },
};
