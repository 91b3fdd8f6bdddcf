// Whether words are said once more that have been said: whole, or as the beginning of a longer sentence. Knows texts alone.

/** @param {string} words @param {string} said */
export function repeats(words, said) {
  const text = said.trim().replace(/\.$/, "");
  return text !== "" && words.includes(text);
}
