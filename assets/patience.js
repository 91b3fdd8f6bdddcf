// Asking until there is an answer: again after 1, 2, 4, ... seconds, and at once when the browser says that it is online.
// Knows time and the network; not what is asked.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const FIRST = 1000;    // ms until it is asked again, then twice as many
  const LONGEST = 30000; // and never more than these
  const SILENCE = 30000; // ms after which a question that nothing comes back to is given up

  /** A function that waits: each time twice as long, and no longer than until the browser is online again. */
  function waiting() {
    let wait = FIRST;
    return () => new Promise((done) => {
      const over = () => {
        clearTimeout(timer);
        removeEventListener("online", over);
        done();
      };
      const timer = setTimeout(over, wait);
      addEventListener("online", over);
      wait = Math.min(2 * wait, LONGEST);
    });
  }

  /** A promise of what `ask(signal)` brings in the end; `failed` is told each error. */
  async function until(ask, failed) {
    for (const again = waiting(); ; await again()) {
      const giving = new AbortController(), timer = setTimeout(() => giving.abort(), SILENCE);
      try {
        return await ask(giving.signal);
      } catch (error) {
        failed(error);
      } finally {
        clearTimeout(timer);
      }
    }
  }

  lab.patience = { waiting, until };
})();
