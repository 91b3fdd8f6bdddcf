// Names and words on a ground of paths: the methods' names in the emptiest box, or in more where these are much emptier, each behind the
// mark that its head has, "start" and "goal" beside theirs. No line leads from a name to its head: the heads move, and such lines would cross one another and the contours' numbers.
// They have their places for a whole run. Knows paths as a panel lays them, and pixels; not what ground it is.
import { marks } from "../../plot/marks.js";
import { names } from "../../plot/names.js";
import { paths } from "../../plot/paths.js";
import { theme } from "../../plot/theme.js";
import { pins } from "../../state/pins.js";
import { space } from "../parts/room.js";
/** @import { Context, Graph, Named, Run, State, Way } from "../../types.d.ts" */
/** @import { Box, Spot } from "../parts/room.js" */

/** A name in a box: where it begins, and the middle of its lines. @typedef {{ key: number | string, lines: string[], x: number, y: number }} Entry */
/** A word beside a mark. @typedef {{ text: string, mark: Spot, box: Box }} Word */
/** @typedef {{ key: string, run: Run, room: ReturnType<typeof space.room>, boxes: Box[], entries: Entry[], words: Word[] }} Plan */

const MARK = 12, LINE = 1.22, PAD = 4; // px, of the size of text, px
const WIDEST = 104; // px of a line of a name
const GAP = 12; // px from a mark to its word
const MOST = 1500; // points of a path that count
const SPLIT = { most: 3, few: 2, less: 0.6 }; // boxes at most, names in each, and the share of what fewer cover that more may

/** The names of all methods that are not hidden and of the pins, in lines, with the room for each. @param {State} state */
function listed({ run, hidden }) {
  const width = names.measure(700), zoom = theme.zoom(), line = theme.text() * LINE;
  /** @type {{ key: number | string, text: string }[]} */
  const all = [
    ...run.contestants.flatMap(({ label }, c) => (hidden.has(c) ? [] : [{ key: c, text: label }])),
    ...pins.list.map(({ label }) => ({ key: label, text: label })),
  ];
  return all.map(({ key, text }) => {
    const lines = names.wrapped(text, width, WIDEST * zoom),
      high = lines.length * line,
      widest = Math.max(...lines.map(width));
    return { key, lines, width: widest + (MARK + 5) * zoom + 2 * PAD, height: high + 0.2 * line, middle: high / 2 };
  });
}

/** Where they stand. @param {ReturnType<typeof listed>} list @param {ReturnType<typeof space.stacked>} stacks @returns {Entry[]} */
const placed = (list, stacks) =>
  stacks.flatMap(({ from, to, box }) => {
    let top = box.top;
    return list.slice(from, to).map(({ key, lines, height, middle }) => {
      const y = top + middle;
      top += height;
      return { key, lines, x: box.left + PAD + 5 * theme.zoom(), y };
    });
  });

/** Everything that is not to be written upon. @param {Box} frame @param {State} state @param {Way} way */
function occupied(frame, state, way) {
  const room = space.room(frame), { run } = state;
  for (const c of paths.drawn(run, state)) {
    const last = Math.min(run.row(run.steps), run.row(run.lastOf(c))), every = Math.max(1, Math.ceil(last / MOST));
    const { there } = paths.parts(run, c);
    /** @type {Spot | null} */
    let before = null;
    for (let i = 0; i <= last; i += every) {
      const at = way.spot(run, c, i);
      if (at && before && i <= there) room.line(before, at);
      else if (at) room.dot(at.x, at.y);
      before = at;
    }
  }
  return room;
}

/** @type {WeakMap<Graph, Plan>} */
const plans = new WeakMap();

/** Where all of it stands in a frame, for as long as run, frame and methods are the same. `places` are marks with their words, `goal`
 *  where the names are best near to, `keep` boxes in which something else is written.
 *  @param {Graph} graph @param {Box} frame @param {State} state @param {Way} way
 *  @param {{ ground?: string, goal: Spot | null, places: { text: string, mark: Spot }[], keep?: Box[] }} what @returns {Plan} */
function plan(graph, frame, state, way, { ground = "", goal, places, keep = [] }) {
  const { run, hidden } = state, { left, top, right, bottom } = frame;
  const key = JSON.stringify([
    ground,
    left,
    top,
    right,
    bottom,
    [...hidden],
    pins.list.map(({ label }) => label),
    goal,
    keep,
    theme.size(),
  ]);
  const known = plans.get(graph);
  if (known?.run === run && known.key === key) return known;
  const room = occupied(frame, state, way), list = listed(state), text = names.measure(400);
  keep.forEach(room.take);
  for (const { mark } of places) room.dot(mark.x, mark.y, 50);
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const words = places.map(({ text: said, mark }) => {
    const box = room.beside(mark, GAP * theme.zoom(), text(said) + 4, theme.text() * LINE);
    room.take({ left: box.left - 6, right: box.right + 6, top: box.top - 4, bottom: box.bottom + 4 });
    return { text: said, mark, box };
  });
  const stacks = space.stacked(room, list, goal ?? middle, SPLIT), boxes = stacks.map(({ box }) => box);
  const made = { key, run, room, boxes, entries: placed(list, stacks), words };
  plans.set(graph, made);
  return made;
}

/** The words beside marks, and of each head its name, where it has one in the plan.
 *  @param {Context} ctx @param {Plan} plan @param {Named[]} heads */
function paint(ctx, { entries, words }, heads) {
  for (const { text, box: at } of words) {
    marks.text(ctx, text, (at.left + at.right) / 2, (at.top + at.bottom) / 2, { align: "center" });
  }
  for (const { key, lines, x, y } of entries) {
    const head = heads.find((one) => one.key === key);
    if (head) names.write(ctx, head.style, lines, x, y);
  }
}

export const legend = { plan, paint };
