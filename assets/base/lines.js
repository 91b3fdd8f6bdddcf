// Lines of JSON on their way: the body of a response that comes in parts (app/streaming.py), an object a line. Knows streams of bytes;
// not who sends them, nor what an object means.

/** The objects, each as soon as its line is whole. Empty lines only say that somebody is there; what stands behind the last line's end
 *  has broken off and is none. A SyntaxError for a line that is no JSON object. Who leaves early gives the stream up.
 *  @param {ReadableStream<BufferSource>} body @returns {AsyncGenerator<object, void>} */
async function* lines(body) {
  const reader = body.getReader(), decoder = new TextDecoder();
  try {
    for (let begun = "", part = await reader.read(); !part.done; part = await reader.read()) {
      const whole = (begun + decoder.decode(part.value, { stream: true })).split("\n");
      begun = whole.pop() ?? "";
      for (const line of whole) {
        if (line) yield object(line);
      }
    }
  } finally {
    reader.cancel().catch(() => {}); // of a stream that has failed this is its failure, which was told already
  }
}

/** @param {string} line @returns {object} */
function object(line) {
  const found = JSON.parse(line);
  if (typeof found !== "object" || found === null) throw new SyntaxError("This line is no JSON object.");
  return found;
}

export { lines };
