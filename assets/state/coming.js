// What comes behind the first picture, or when it is first wanted, since the page opens without it: the body says what is on its way.
// Knows no part by name.
import { draw, redraw } from "./state.js";

/** @type {Set<string>} */
const coming = new Set();

function tell() {
  const { dataset } = document.body;
  if (coming.size) dataset.coming = [...coming].join(" ");
  else delete dataset.coming;
}

/** Bring a part, which is on its way until it is painted where it is `seen`; without it the page stays as it is until it is wanted again.
 *  @param {string} name @param {() => Promise<unknown>} load */
async function bring(name, load, seen = true) {
  if (coming.has(name)) return;
  coming.add(name);
  tell();
  const here = await load().then(() => true, console.error);
  coming.delete(name);
  if (here && seen) {
    redraw({});
    draw();
  }
  tell();
}

export { bring };
