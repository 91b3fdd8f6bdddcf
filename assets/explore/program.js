// The dialog with the program that repeats an exploration. Knows when it is to be seen; base/program.js has its markup.
import { byId } from "../base/elements.js";
import { programs } from "../base/program.js";
/** @import { Program } from "../types.d.ts" */

const SAYS = "Computes these numbers with Descent Lab\u2019s package optim, and prints them in all their digits.";
/** @type {ReturnType<typeof programs.make> | null} */
let made = null;

/** @param {Program | null} one */
function show(one) {
  if (!one) return;
  if (!made) byId("lab").append((made = programs.make("explore-code")).dialog);
  made.show(one, SAYS);
  made.dialog.showModal();
}

export const program = { show };
