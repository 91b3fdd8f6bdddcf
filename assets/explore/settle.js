// What a panel that explores sets: a number of a method, by the setting of the form that it follows or as the method's own, or one of the
// experiment. Knows the form and the list of methods; not where the number comes from.
import { locks } from "../form/locks.js";
import { methodsList } from "../form/methods.js";
import { settings } from "../form/settings.js";
import { state } from "../state/state.js";
/** A number that can be set: by a `setting` of the form, or else as the method's `own`. @typedef {{ setting: string | null, own: string }} Way */
/** The method's place, for one of its own. @typedef {Way & { place: number }} Aim */

/** What the last answer says of a method's setting. @param {number} place @param {string} own */
function known(place, own) {
  const entry = methodsList.entries[place];
  return entry && methodsList.form(entry.id)[own];
}

/** The setting of the form that a method's own follows, null where it has a value of its own. @param {number} place @param {string} own */
const follows = (place, own) => known(place, own)?.follows ?? null;

/** Its value in the run on the stage, or as the method's last answer has it. @param {number} place @param {Way} way */
const value = (
  place,
  { setting, own },
) => (setting === null || own ? known(place, own)?.value : state.run.values?.[setting]);

/** @param {Way} way */
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

/** The same, and what gives these their values back, and nothing else. @param {(Aim & { value: number })[]} aims @returns {() => void} */
function swap(aims) {
  const before = aims.map((aim) => ({ ...aim, value: Number(value(aim.place, aim)) }));
  set(aims);
  return () => set(before);
}

/** What brings all settings back that there are now. @returns {() => void} */
function back() {
  const before = settings.values;
  return () => {
    settings.adopt(before);
    settings.set({});
  };
}

export const settle = { follows, value, locked, set, swap, back };
