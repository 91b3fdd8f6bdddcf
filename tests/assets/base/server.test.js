// Answers in parts, of a server that is a function here: what is a part, what is an end, and what is no answer.
import assert from "node:assert/strict";
import { server } from "../../../assets/base/server.js";

const LINES = { "Content-Type": "application/x-ndjson" };
const asked = [];
// The page, as far as a question knows it: it says under which path the program stands.
globalThis.document = {
  getElementById: (id) => ({ textContent: '{"requests_pathname_prefix":"/lab/"}', getAttribute: () => `the ${id}` }),
};

/** From now on fetch answers with this; what was asked is in `asked`. */
function answering(body, { status = 200, headers = LINES } = {}) {
  asked.length = 0;
  globalThis.fetch = (address, { body: text, signal }) => {
    asked.push({ address, signal, ...JSON.parse(text) });
    return body instanceof Error ? Promise.reject(body) : Promise.resolve(new Response(body, { status, headers }));
  };
}

/** What comes, and the [message, status] of what ends it too early. */
async function heard({ signal } = {}) {
  const parts = [];
  try {
    for await (const part of server.stream("felt", { parameters: [0] }, { values: { lr: 1 }, signal })) {
      parts.push(part);
    }
  } catch ({ message, status }) {
    return [parts, message, status];
  }
  return [parts];
}

const ONE = '{"first":0}\n', END = '{"end":true}\n', PROBLEM = '{"problem":"It is too long."}\n';
const SILENT = "The server does not answer.";

Deno.test("parts come one by one until the line that says the end", async () => {
  answering(`\n${ONE}\n\n{"first":9}\n${END}`);
  assert.deepEqual(await heard(), [[{ first: 0 }, { first: 9 }]]);
  const [{ address, values, about, page }] = asked;
  assert.deepEqual([address, values, about], ["/lab/ask/felt", { lr: 1 }, { parameters: [0] }]);
  assert.match(page, /^[0-9a-f]{32}$/);
});

Deno.test("a problem on the way is an Error with the server's sentence", async () => {
  answering(ONE + PROBLEM);
  assert.deepEqual(await heard(), [[{ first: 0 }], "It is too long.", 200]);
});

Deno.test("a stream without its last line broke off, and nobody answered", async () => {
  for (const rest of ["", "\n", '{"end":tr', '{"end":true}']) {
    answering(ONE + rest);
    const [parts, message, status] = await heard();
    assert.deepEqual([parts, message, status], [[{ first: 0 }], SILENT, 0]);
    assert(server.passing({ status }));
  }
});

Deno.test("a stream that fails on the way is nobody's answer", async () => {
  let pulled = 0;
  answering(
    new ReadableStream({
      pull(controller) {
        if (pulled++) controller.error(new TypeError("network error"));
        else controller.enqueue(new TextEncoder().encode(ONE));
      },
    }),
  );
  assert.deepEqual(await heard(), [[{ first: 0 }], SILENT, 0]);
});

Deno.test("what a proxy says instead is never shown", async () => {
  const html = { headers: { "Content-Type": "text/html" } };
  for (
    const [body, about, status] of [
      ["<h1>502</h1>", { ...html, status: 502 }, 502],
      ["<form>Log in</form>", html, 200],
      ["<form>Log in</form>\n", {}, 200],
      ["1\n", {}, 200],
      [PROBLEM, { headers: { "Content-Type": "application/json" } }, 200],
    ]
  ) {
    answering(body, about);
    assert.deepEqual(await heard(), [[], `The server does not answer (${status}).`, status]);
  }
  answering("There is no such question.\n", { status: 404, headers: { "Lab-Refusal": "1" } });
  assert.deepEqual(await heard(), [[], "There is no such question.", 404]);
  answering(new TypeError("Failed to fetch"));
  assert.deepEqual(await heard(), [[], SILENT, 0]);
});

Deno.test("who leaves the loop gives the rest up", async () => {
  let cancelled = false;
  answering(
    new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode(ONE)),
      cancel: () => void (cancelled = true),
    }),
  );
  for await (const part of server.stream("felt", {})) {
    assert.deepEqual(part, { first: 0 });
    break;
  }
  assert(cancelled);
});

Deno.test("who aborts has an AbortError, which is no failure of the server's", async () => {
  const giving = new AbortController(), { signal } = giving;
  answering(
    new ReadableStream({
      start: (controller) => signal.addEventListener("abort", () => controller.error(signal.reason)),
      pull: (controller) => controller.enqueue(new TextEncoder().encode(ONE)),
    }, { highWaterMark: 0 }),
  );
  const parts = server.stream("felt", {}, { signal });
  await parts.next();
  assert.equal(asked[0].signal, signal);
  giving.abort();
  await assert.rejects(parts.next(), { name: "AbortError" });
});

Deno.test("who is told when to come again does not come earlier", async () => {
  const waits = [], { setTimeout: later } = globalThis;
  globalThis.setTimeout = (_, wait) => waits.push(wait);
  try {
    const headers = { "Lab-Refusal": "1", "Retry-After": "7" };
    for (const status of [503, 429]) {
      globalThis.fetch = () => Promise.resolve(new Response("Too much.\n", { status, headers }));
      const error = await server.exchange("ask/run", {}).catch((error) => error);
      assert.deepEqual([error.message, error.status, server.passing(error)], ["Too much.", status, true]);
      server.again(error, () => {});
      assert.deepEqual(waits.splice(0), [7000]);
      server.retry();
    }
  } finally {
    globalThis.setTimeout = later;
  }
});

const turn = () => new Promise((done) => setTimeout(done));

Deno.test("a module that did not come is asked for under another address, which is the same for everybody", async () => {
  const address = import.meta.resolve("../near.js"), missing = `${address}.js`;
  /** A browser that keeps what did not come. */
  const kept = (url) => () => Promise.reject(new TypeError(`Failed to fetch dynamically imported module: ${url}`));
  const both = [server.module(kept(address)), server.module(kept(address))]; // of one file
  for (const one of both) await assert.rejects(one, (error) => error.message.endsWith(address));
  await turn();
  const once = await server.module(kept(address)), more = await server.module(kept(address));
  assert.equal(once, await import(`${address}?again=1`));
  assert.equal(more, once);
  for (const again of ["", "?again=1", "?again=2"]) {
    await assert.rejects(server.module(kept(missing)), (error) => error.message.includes(`${missing}${again}`));
    await turn();
  }
});

Deno.test("one that comes is not asked for again, and what nobody says the address of stays lost", async () => {
  assert.equal(await server.module(() => Promise.resolve(1)), 1);
  for (let i = 0; i < 3; i++) {
    const lost = () => Promise.reject(new TypeError("Importing a module script failed."));
    await assert.rejects(server.module(lost), { message: "Importing a module script failed." });
  }
});
