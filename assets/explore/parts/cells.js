// One cell of a map in hand, moved by keys within a plot that has the focus. Knows places of cells; not what they show.
import { element } from "../../base/elements.js";
/** A cell: which of the maps, and its places along x and y. @typedef {{ map: number, i: number, j: number }} At */
/** What a cell in hand does. `box`: where a cell is, in px of the plot.
 *  `enter`: what Enter does with it, in words, "" where nothing.
 *  @typedef {{ first(): At | null, size(): [number, number, number], enter(): string, box(at: At): { x: number, y: number, width: number, height: number } | null, show(at: At | null): string, load(at: At): void }} Work */

/** @type {Record<string, [number, number]>} */
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const FAR = 8; // cells, with Shift

/** A frame around the cell that keys move in, where it can be focused. @param {HTMLElement} plot @param {Work} work */
function within(plot, work) {
  const node = element("span", {
    className: "cell-cursor",
    role: "application",
    tabIndex: 0,
    "aria-roledescription": "map",
  });
  const says = element("span", { className: "unseen", role: "status" });
  /** @type {At | null} */
  let at = null;
  plot.append(node, says);

  /** Which keys do something here. */
  function call() {
    const [maps] = work.size(), enter = work.enter() && `, Enter ${work.enter()}`;
    const other = maps > 1 ? `, Page Up and Page Down to ${maps > 2 ? "another" : "the other"} map` : "";
    const label = `Cells of the map: arrow keys move, with Shift by eight${other}${enter}`;
    if (node.getAttribute("aria-label") !== label) node.setAttribute("aria-label", label);
  }

  function put() {
    call();
    const box = at && work.box(at);
    node.classList.toggle("is-nowhere", !box);
    if (!box) return;
    Object.assign(node.style, {
      left: `${box.x}px`,
      top: `${box.y}px`,
      width: `${box.width}px`,
      height: `${box.height}px`,
    });
  }

  /** @param {At} next */
  function go(next) {
    const [maps, across, up] = work.size();
    const within = (/** @type {number} */ value, /** @type {number} */ count) =>
      Math.max(0, Math.min(count - 1, value));
    at = { map: within(next.map, maps), i: within(next.i, across), j: within(next.j, up) };
    put();
    says.textContent = work.show(at);
  }

  call();
  node.addEventListener("focus", () => {
    at ??= work.first();
    if (at) go(at);
  });
  node.addEventListener("blur", () => work.show(null));
  node.addEventListener("keydown", (event) => {
    const by = STEPS[event.key], turn = { PageUp: -1, PageDown: 1 }[event.key];
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return;
    if (by) go({ ...at, i: at.i + by[0] * (event.shiftKey ? FAR : 1), j: at.j + by[1] * (event.shiftKey ? FAR : 1) });
    else if (turn) go({ ...at, map: at.map + turn });
    else if (event.key === "Enter" || event.key === " ") work.load(at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { put };
}

export const cells = { within };
