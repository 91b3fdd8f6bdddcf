// What a panel that explores sets: a number of a method, by the setting of the form that it follows or as the method's own, or one of the
// experiment. Knows the form and the list of methods; not where the number comes from.
import { locks } from "../form/locks.js";
import { methodsList } from "../form/methods.js";
import { settings } from "../form/settings.js";
/** A number to be set: `setting` of the form, or else `own` of the method at this place. @typedef {{ setting: string | null, place: number, own: string }} Aim */

/** The setting of the form that a method's own follows, null where it has a value of its own. @param {number} place @param {string} own */
function follows(place, own) {
  const entry = methodsList.entries[place];
  return (entry && methodsList.form(entry.id)[own]?.follows) ?? null;
}

/** @param {Aim} aim */
const locked = ({ setting }) => locks.has(setting ?? "methods");

/** Set several at once: a run is asked for. @param {(Aim & { value: number })[]} aims @param {{ dragging?: boolean }} [how] */
function set(aims, { dragging = false } = {}) {
  const free = aims.filter((aim) => !locked(aim)), shared = free.filter(({ setting }) => setting !== null);
  const changes = Object.fromEntries(shared.map(({ setting, value }) => [setting, value]));
  if (shared.length) settings.set(changes, shared.length === 1 ? shared[0].setting : null, { dragging });
  for (const { setting, place, own, value } of free) {
    const entry = methodsList.entries[place];
    if (setting === null && entry) methodsList.set(entry.id, own, value, { dragging });
  }
}

export const settle = { follows, locked, set };
