// Text to the clipboard, also where the browser has no Clipboard API: on a page without TLS. Knows no contents.
/** What browsers did before they had the API: they copy what is selected. A modal dialog selects only inside itself.
 *  @param {string} text */
function selected(text) {
  const field = Object.assign(document.createElement("textarea"), { value: text, className: "unseen", readOnly: true });
  const before = document.activeElement;
  field.style.whiteSpace = "pre"; // else it copies a program without its indents
  (before?.closest("dialog") ?? document.body).append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}

/** Copy a text: a promise of whether it is on the clipboard now. @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return selected(text);
  }
}

export const clipboard = { copy };
