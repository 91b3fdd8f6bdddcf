// An answer's run: in it, at the address that it names, or asked for once more where nothing is there.
import assert from "node:assert/strict";
import { follow } from "../../../assets/run/follow.js";

const RUN = { hash: "a" }, JSON_TYPE = { "Content-Type": "application/json" };
const { signal } = new AbortController();
// The page, as far as a question knows it: it says under which path the program stands.
globalThis.document = { getElementById: () => ({ textContent: '{"requests_pathname_prefix":"/lab/"}' }) };

/** What is asked with these answers, and the last of them; `file` is what stands at any address. */
async function followed(file, ...answers) {
  const asked = [], fetched = [];
  globalThis.fetch = (address) => {
    fetched.push(address);
    return file instanceof Error ? Promise.reject(file) : Promise.resolve(file);
  };
  const post = (address, all, how) => {
    assert.deepEqual([address, how.signal], ["ask/run", signal]);
    asked.push(all);
    return Promise.resolve(answers.shift());
  };
  return { answer: await follow(post, "ask/run", { n: 1 }, signal), asked, fetched };
}

Deno.test("a run in the answer is taken as it is", async () => {
  for (const given of [{ run: RUN }, { run: null }]) {
    const { answer, asked, fetched } = await followed(new Error("nobody"), given);
    assert.deepEqual([answer, asked, fetched], [given, [{ n: 1, follows: true }], []]);
  }
});

Deno.test("a run that is named is had by its name", async () => {
  const file = new Response(JSON.stringify(RUN), { headers: JSON_TYPE });
  const { answer, asked, fetched } = await followed(file, { run: null, at: "runs/a", n: 1 });
  assert.deepEqual([answer.run, answer.n, asked.length, fetched], [RUN, 1, 1, ["/lab/runs/a"]]);
});

Deno.test("where it cannot be had it is asked for once more, whole", async () => {
  const broken = new Response('{"hash":', { headers: JSON_TYPE });
  const page = new Response("<p>Sign in</p>", { headers: { "Content-Type": "text/html" } });
  for (const file of [new Response("", { status: 404 }), broken, page, new TypeError("network error")]) {
    const { answer, asked, fetched } = await followed(file, { run: null, at: "runs/a" }, { run: RUN });
    assert.deepEqual([answer.run, asked, fetched.length], [RUN, [{ n: 1, follows: true }, { n: 1 }], 1]);
  }
});

Deno.test("who gives it up does not ask again", async () => {
  const left = Object.assign(new Error("aborted"), { name: "AbortError" });
  await assert.rejects(followed(left, { run: null, at: "runs/a" }), { name: "AbortError" });
});
