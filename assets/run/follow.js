// An answer's run, wherever it is: in the answer itself, or a file of its own that the answer names (app/training/files.py). Knows
// the two; not what is asked.
import { server } from "../base/server.js";
/** @import { Payload } from "../types.d.ts" */

/** The answer to `asked` at this address, with its run. Where nothing stands at the name that it gives, it is asked for once more,
 *  whole; `post` is of server.js.
 *  @template {{ run: Payload | null, at?: string }} T
 *  @param {(address: string, body: object, how: { signal: AbortSignal }) => Promise<unknown>} post
 *  @param {string} address @param {object} asked @param {AbortSignal} signal @returns {Promise<T>} */
async function follow(post, address, asked, signal) {
  const ask = async (/** @type {object} */ all) => /** @type {T} */ (await post(address, all, { signal }));
  const answer = await ask({ ...asked, follows: true });
  if (!answer.at) return answer;
  const run = /** @type {Payload | null} */ (await server.file(answer.at, { signal }));
  return run ? { ...answer, run } : ask(asked);
}

export { follow };
