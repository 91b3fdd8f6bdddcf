// Parts of the pictures that come when they are first wanted, since the page opens without them: the body says which are on their way.
// Knows no part by name.
import { redraw } from "../../state/state.js";

/** @type {Set<string>} */
const coming = new Set();

function tell() {
  const { dataset } = document.body;
  if (coming.size) dataset.coming = [...coming].join(" ");
  else delete dataset.coming;
}

/** Bring a part, and draw once more with it where it is `seen`; without it the page stays as it is until the part is wanted again.
 *  @param {string} name @param {() => Promise<unknown>} load */
async function bring(name, load, seen = true) {
  if (coming.has(name)) return;
  coming.add(name);
  tell();
  const here = await load().then(() => true, console.error);
  coming.delete(name);
  tell();
  if (here && seen) redraw({});
}

export { bring };
