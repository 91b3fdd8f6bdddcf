// Lines of JSON on their way, cut wherever a network may cut them.
import assert from "node:assert/strict";
import { lines } from "../../../assets/base/lines.js";

const bytes = (text) => new TextEncoder().encode(text);

/** A body of these pieces that then ends, or fails; it remembers whether it was given up. */
function body(pieces, { failure } = {}) {
  const about = { cancelled: 0, pulled: 0 };
  const stream = new ReadableStream({
    pull(controller) {
      const piece = pieces[about.pulled++];
      if (piece !== undefined) controller.enqueue(typeof piece === "string" ? bytes(piece) : piece);
      else if (failure) controller.error(failure);
      else controller.close();
    },
    cancel() {
      about.cancelled += 1;
    },
  }, { highWaterMark: 0 });
  return [stream, about];
}

async function all(stream) {
  const found = [];
  for await (const one of lines(stream)) found.push(one);
  return found;
}

const WHOLE = '{"a":1}\n\n{"b":"größer"}\n\n\n{"end":true}\n';
const OBJECTS = [{ a: 1 }, { b: "größer" }, { end: true }];

Deno.test("an object is a line, and empty lines are none", async () => {
  assert.deepEqual(await all(body([WHOLE])[0]), OBJECTS);
});

Deno.test("wherever the bytes are cut the objects are the same", async () => {
  const whole = bytes(WHOLE);
  for (let at = 0; at <= whole.length; at++) {
    assert.deepEqual(await all(body([whole.slice(0, at), whole.slice(at)])[0]), OBJECTS);
  }
  assert.deepEqual(await all(body(Array.from(whole, (one) => Uint8Array.of(one)))[0]), OBJECTS);
});

Deno.test("what stands behind the last line's end has broken off", async () => {
  assert.deepEqual(await all(body(['{"a":1}\n{"b":2}'])[0]), [{ a: 1 }]);
  assert.deepEqual(await all(body([])[0]), []);
});

Deno.test("a line that is no JSON object is a SyntaxError", async () => {
  for (const line of ["<h1>502</h1>", "1", "null", '"a"', '{"a":']) {
    await assert.rejects(all(body([`${line}\n`])[0]), SyntaxError);
  }
});

Deno.test("an object is there before the next piece is asked for", async () => {
  const [stream, about] = body(['{"a":1}\n', '{"a":2}\n']), found = lines(stream);
  assert.deepEqual((await found.next()).value, { a: 1 });
  assert.equal(about.pulled, 1);
});

Deno.test("who leaves early gives the stream up", async () => {
  const [stream, about] = body([WHOLE, WHOLE]);
  for await (const one of lines(stream)) {
    assert.deepEqual(one, OBJECTS[0]);
    break;
  }
  assert.equal(about.cancelled, 1);
});

Deno.test("a stream that fails fails here, after what has come", async () => {
  const failure = new TypeError("network error"),
    [stream] = body(['{"a":1}\n{"b"'], { failure }),
    found = lines(stream);
  assert.deepEqual((await found.next()).value, { a: 1 });
  await assert.rejects(found.next(), failure);
});
