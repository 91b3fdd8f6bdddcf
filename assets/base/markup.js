// Markup: what components/page/markup.py wrote out is put into the page, once. Knows no more than that.
import { all } from "./elements.js";

/** Fill every element that carries its children as text: the server's own, never a reader's. The first time this is the
 *  page's own header, for which app/index.html has one until then. */
function fill() {
  document.getElementById("arriving")?.remove();
  for (const element of all(document, "[data-markup]")) {
    element.innerHTML = element.dataset.markup ?? "";
    element.removeAttribute("data-markup");
  }
}

export const markup = { fill };
