// What the theory says of a run: the server's last answer, for whoever draws something of it. Knows of which run it is.
let told = null; // its `hash` says of which run; `why` why there is none

function keep(answer) {
  told = answer;
}

/** Whether the server has said what there is of the run on the stage. */
const answered = ({ run }) => told?.hash === run.hash;

/** The theory of the run on the stage, null while it is not here or where there is none. */
const of = (state) => (answered(state) && !told.why ? told : null);

export const theory = {
  keep,
  answered,
  of,
  get last() {
    return told;
  },
};
