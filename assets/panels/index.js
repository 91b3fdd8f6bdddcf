// The panels, by name, in the order of the page.
import { fit } from "./fit.js";
import { gradients } from "./gradients.js";
import { landscape } from "./landscape.js";
import { loss } from "./loss.js";
import { parameters } from "./parameters.js";
import { rate } from "./rate.js";
/** @import { Panel } from "../types.d.ts" */

/** @type {Record<string, Panel>} */
export const PANELS = { fit, loss, parameters, landscape, gradients, rate };
