// A run as the server sends it (components/payload/build.py) and as run/decode.js reads it. For the type check alone.
import type { State, Values } from "../types.d.ts";

/** From, to. */
export type Range = [number, number];
/** A formula as components/formulas/expressions.py writes it; `x` stands for the data's. */
export type Tree = number | { p: number } | { p?: undefined; x: 0 } | [name: string, of: Tree, and?: Tree];
/** The place of a method in one run from its place in another; null: it is not in it. */
export type Place = (c: number | null) => number | null;

/** What components/payload/outcomes.py says of one method. */
export interface Contestant {
  label: string;
  method: string;
  schedule: string;
  lr: number;
  unitless: boolean;
  intuition: string;
  /** Label and value in words. */
  settings: [string, string][];
  restarts: number[];
  /** Step, loss and parameters at the ends of cycles. */
  snapshots: [step: number, loss: number, params: number[]][];
  diverged: Divergence | null;
  verdict: { kind: string; says: string; halfRange: number[] };
  /** For each of the run's `shares` the first step that reaches it, the one from which it stays, the first that is above it
   *  again, and the first that is above it a second time. */
  arrival: Passage[];
  /** The steps at which it begins to tremble and comes to rest (optim/events.py); null: never. */
  trembles: number | null;
  rests: number | null;
}
export type Passage = [there: number | null, stays: number | null, leaves: number | null, again: number | null];
export type EventKind = "there" | "leaves" | "again" | "stays" | "trembles" | "rests" | "restarts" | "diverges";
/** What happens to some methods at about one step: the first on view that has seen it, and the very step of each method. */
export interface RunEvent {
  step: number;
  kind: EventKind;
  who: { c: number; step: number }[];
}
/** How a method stands at a step (run/events.js). */
export interface Fate {
  c: number;
  /** The step at which it was there first; null: not yet. */
  there: number | null;
  is: "way" | "trembles" | "in" | "left" | "again" | "stays" | "rests" | "restless" | "gone";
}
export interface Divergence {
  at: number;
  reason: string;
}
/** The distinct points, how many of the data lie on each, and for each of the data which it is. */
export interface Points {
  x: number[];
  y: number[];
  count: number[];
  index: number[];
}
export interface Plane {
  origin: number[];
  directions: [number[], number[]];
  share: number;
  range: [Range, Range];
  close: [Range, Range];
}
/** The standing ranges of the panels. */
export interface StandingAxes {
  fit: { x: Range; y: Range } | null;
  loss: Range | null;
  linear: Range;
  landscape: Range[];
  close: Range[];
  parameters: Range[];
}
export type LossKind = "squared" | "cross-entropy" | "value";

/** What components/payload/build.py writes, but for the `numbers`. */
interface Problem {
  hash: string;
  kind: "surface" | "curve";
  formula: string;
  /** What the methods look for, in words. */
  sought: string;
  lossKind: LossKind;
  steps: number;
  stepsPerEpoch: number;
  epochs: number;
  batch: number;
  shuffled: boolean;
  points: number;
  stride: number;
  /** The steps that travel; null: all. */
  shown: number[] | null;
  edges: number[];
  model: string;
  family: string;
  linear: boolean;
  curve: Tree | null;
  logit: Tree | null;
  parameters: string[];
  /** The only parameter whose gradient travels; null: those of all do. */
  watched: number | null;
  series: string[];
  summaries: string[];
  data: Points | null;
  /** How columns of one's own became x and y: less the first, divided by the second; null: the points are as they came. */
  units: { x: [number, number]; y: [number, number]; says: [string, string] } | null;
  /** What the data's columns are called. */
  columns: [string, string];
  start: number[];
  startLoss: number;
  optimum: number[] | null;
  floor: number | null;
  reference: number[];
  referenceIs: "minimum" | "true parameters" | "start";
  minima: number[][];
  true: number[] | null;
  plane: Plane | null;
  axes: StandingAxes;
  shares: number[];
  window: number;
  contestants: Contestant[];
  /** For each two methods the first step at which they differ; null: never. */
  parts: [i: number, j: number, step: number | null][];
}
export interface Payload extends Problem {
  /** Edges of the smallest and largest; null: as `edges`. */
  fine: number[] | null;
  /** float32 from differences in byte planes in base64 (components/payload/encoding.py). */
  numbers: string;
}

/** Numbers by the name of a series ("loss", "params 0", "gradient 1", "rate", ...), a row each display step. */
export type Series = Record<string, Float32Array>;
/** Median of each bin, smallest and largest of each fine one. */
export interface Summary {
  middle: Float32Array;
  low: Float32Array;
  high: Float32Array;
}
export type Compiled = (params: ArrayLike<number>, x?: number) => number;

/** A payload as run/decode.js reads it; where the server can be asked, with the values that it was made with. */
export interface Run extends Problem {
  fine: number[];
  numbers: null;
  exact: Series[];
  summary: Record<string, Summary>[];
  drawn: number;
  bins: number;
  row(k: number): number;
  stepOf(row: number): number;
  /** Every model that the page has is a formula. */
  predict: Compiled;
  logitOf: Compiled | null;
  isSurface: boolean;
  lossName: "value" | "loss";
  excess: "excess" | "loss";
  tail: number;
  watches(parameter: number): boolean;
  at(c: number, series: string, k: number): number;
  middle(c: number, series: string, k: number): number | null;
  lastOf(c: number): number;
  endingOf(c: number): string;
  gone(c: number, k: number): boolean;
  values?: Values;
  /** The same as texts, but for those of no use. */
  settings?: Map<string, string>;
  /** Of a run of one method that is a pin: the place of its method now, null where that is gone. */
  pin?: number | null;
}
export interface Pin {
  id: number;
  key: string;
  label: string;
  run: Run;
  c: number;
  place: number | null;
}
/** A pin as a panel draws it: as if it were the run on the stage. */
export interface PinView {
  run: Run;
  state: State;
}

/** Two numbers of the parameters, as run/slices.js shows them. */
export interface Slice {
  key: string;
  names: [string, string];
  values(c: number, of?: Run): [ArrayLike<number>, ArrayLike<number>];
  point(params: ArrayLike<number>): [number, number];
  params(u: number, v: number): number[];
  range: [Range, Range];
  close: [Range, Range] | null;
  says: string;
  exact: boolean;
  /** Of a single parameter: the loss as a function of it. */
  curve?: (value: number) => number;
  /** And how steep that is. */
  slope?: (value: number) => number;
}
