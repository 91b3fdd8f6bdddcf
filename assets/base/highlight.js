// Python as coloured text: comments, strings, numbers, keywords, and names that are defined or called. Knows no program.
const LONGEST = 40_000; // characters: from here on the spans take longer to draw than one waits
const TOKEN = new RegExp(
  [
    String.raw`(?<comment>#.*)`,
    String.raw`(?<string>"[^"\n]*")`,
    String.raw`(?<number>(?<![\w.])(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)`,
    String.raw`(?<keyword>\b(?:def|else|for|if|import|as|in|lambda|return|True|False)\b)`,
    String.raw`(?<called>\b[A-Za-z_]\w*(?=\())`,
  ].join("|"),
  "g",
);

/** The nodes of a text: what has a colour is a span of the class `python-...`. A very long text, of many points, stays plain.
 *  @param {string} text */
function nodes(text) {
  if (text.length > LONGEST) return [text];
  /** @type {(string | Node)[]} */
  const found = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined) ?? [];
    found.push(
      text.slice(from, match.index),
      Object.assign(document.createElement("span"), { className: `python-${kind}`, textContent: match[0] }),
    );
    from = match.index + match[0].length;
  }
  return [...found, text.slice(from)];
}

export const highlight = { nodes };
