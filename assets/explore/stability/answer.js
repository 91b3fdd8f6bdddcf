// What is known of a stability map: the answer so far, how many maps it has, whether theory's edge runs through them, and whether a cell's
// settings may be taken. Knows the answer; not what is painted of it.
import { inquiries } from "../inquiry.js";
import { settle } from "../settle.js";
/** @import { StabilityMap } from "../../types.d.ts" */

const NAME = "stability";

const told = () => /** @type {StabilityMap | null} */ (inquiries.told(NAME));

/** Whether there are two maps. @param {StabilityMap | null} map */
const several = (map) => (map?.titles.length ?? 1) > 1;

/** Whether there is an edge to draw. @param {StabilityMap} map */
const ruled = ({ edge }) => edge?.some((rate) => rate !== null) ?? false;

/** What a cell of a map sets: the two settings, and of two maps the noise. @param {StabilityMap} map */
const dials = (map) => [map.x, map.y, ...(several(map) ? [{ setting: "noise", own: "" }] : [])];

/** Whether a link lets nobody take a cell's settings. @param {StabilityMap} map */
const locked = (map) => dials(map).some(settle.locked);

export const answer = { NAME, told, several, ruled, dials, locked };
