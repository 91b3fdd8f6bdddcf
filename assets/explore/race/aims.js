// What of the form is to be set so that each method has numbers of its own. Knows which setting a method follows, as it is told; no form.
/** @import { Aim } from "../settle.js" */

/** Each method's numbers one way, as what the form is to set: by the setting that several follow where all of these get one number, else
 *  as the method's own. @param {{ key: string, place: number, value: number }[]} list @param {(place: number, key: string) => string | null} follows
 *  @returns {(Aim & { value: number })[]} */
export function aimed(list, follows) {
  const all = list.map((one) => ({ ...one, setting: follows(one.place, one.key) }));
  return all.flatMap(({ key, place, value, setting }, i) => {
    const same = all.filter((other) => other.setting === setting);
    const alike = setting !== null && same.every((other) => other.value === value);
    if (alike && all.findIndex((other) => other.setting === setting) < i) return [];
    return [{ place, own: key, value, setting: alike ? setting : null }];
  });
}
