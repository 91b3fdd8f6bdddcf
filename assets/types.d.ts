// The shapes that travel between rooms, for the type check alone: no module of the page, and never fetched. Knows what the rooms hand
// each other; a shape of one module stays in it.
import type { Place, Range, Run } from "./types/run.d.ts";
import type { Reply, Values } from "./types/answers.d.ts";

export type * from "./types/answers.d.ts";
export type * from "./types/explore.d.ts";
export type * from "./types/pictures.d.ts";
export type * from "./types/plotly.d.ts";
export type * from "./types/run.d.ts";

/** What a canvas paints with; export/svg_canvas.js has the same calls. */
export type Context = CanvasRenderingContext2D;

// ---- what is on view -------------------------------------------------------------------------------------------------

export interface State extends Chosen {
  /** None before the first one: whoever may be called before asks whether it is there. */
  run: Run;
  step: number;
  ghost: Run | null;
  playing: boolean;
  /** A setting is being dragged. */
  growing: boolean;
  /** The step has not moved for a moment. */
  still: boolean;
  hidden: Set<number>;
  forward: number | null;
  /** The label of the method whose steps are worked out in a drawer, while that is open; else "". */
  looked: string;
  range: Range;
  rangeName: string;
  seenEnd: boolean;
  drawer: string | null;
  count: boolean;
  share: number;
  theory: boolean;
  predicting: boolean;
  readonly ahead: boolean;
}
/** Columns and rows that a panel fills. */
export type Cell = [columns: number, rows: number];
/** Those of panels that do not fill what they usually do, by name. */
export type Spans = Record<string, Cell>;
/** How the panels on view lie in their grid; `template`: its columns, in the words of CSS. */
export interface Lying {
  columns: number;
  cells: Record<string, Cell>;
  /** The panel that fills the right column. */
  right?: string;
  template: string;
}
/** What the controls in the panels' heads stand at: a row each in components/panels.py. */
export interface Chosen {
  logLoss: boolean;
  logRate: boolean;
  rateView: string;
  trueShape: boolean;
  close: boolean;
  relief: boolean;
  batch: boolean;
  editPoints: boolean;
  moveStart: boolean;
  gradientParameter: number;
  gradientView: string;
  gradientMethod: string;
  plane: string;
  strips: number;
  sweepOf: string;
  raceTune: string;
  mapLook: string;
  mapMethod: string;
  mapX: string;
  mapY: string;
  mapMeasure: string;
  mapPair: boolean;
  seedCount: string;
}
/** One of these rows, as components/page/panels tells it; `usual`: what it stands at first, null where nothing is held. */
export interface ControlRow {
  panel: string;
  name: string;
  kind: "switch" | "toggle" | "pair" | "tool" | "choice";
  usual: boolean | number | string | null;
  part: string;
  ofProblem: boolean;
}
/** What a panel says of itself, each where it is told; `full` is the note where that is brief. */
export interface Words {
  title?: string;
  note?: string;
  full?: string;
  caption?: string;
}

/** What an event tells, by its name (base/events.js says when). */
export interface Events {
  run: [{ before: Run | null; run: Run; place?: Place }];
  draw: [];
  look: [{ anew: boolean }];
  range: [];
  dress: [];
  columns: [];
  boards: [];
  panels: [];
  escape: [];
  explored: [];
  problem: [sentence: string];
  question: [sentence: string];
  ask: [{ values: Values; changed: string | null; dragging: boolean }];
  adopt: [now: Values];
  move: [];
  shown: [Reply];
  watch: [parameter: string];
  reply: [Reply];
  drawer: [{ name: string; open: boolean }];
  edit: [label: string];
  rows: [];
  pins: [];
  methods: [MethodsTold?];
  part: [name: string];
  chosen: [];
  link: [];
  menu: [menu: HTMLElement];
  note: [of: string, words: string];
  outdated: [];
}
/** A sentence for whoever does not see what happened, and the method whose card opens. */
export interface MethodsTold {
  says?: string;
  expand?: number;
}

/** What a button does; it is given the button. */
export type Action = (node: HTMLElement) => void;
/** What a switch (true or false) or a select (its value) does: each takes one of the two. */
export type Choice = { set(value: string | boolean): void }["set"];
/** A part of the view that links carry. */
export interface ViewPart {
  read(): string | null | undefined;
  open(text: string): void;
}
