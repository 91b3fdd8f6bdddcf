// Panels that explore: what they ask of the server in parts, and what is known of that. For the type check alone.
import type { Board, JsonNumber, Layout, Panel, Range, State, Values } from "../types.d.ts";

/** A program, and the name of its file. */
export interface Program {
  file: string;
  text: string;
}
/** What each part of any such answer may say (components/explore). */
export interface ExplorePart {
  /** Of the first one: numbers that are to come, and the program that computes them. */
  count?: number;
  program?: Program;
  /** How many are here with this part. */
  done?: number;
}
/** Rows of words and numbers under headings, some with a reason, or with a button that does something with it; `says` what they are. */
export interface Numbers {
  says: string;
  heads: string[];
  rows: (string | [text: string, why: string] | { text: string; does: string; press(): void })[][];
}
/** How far a question has come: it waits for another of this page, is asked, is answered, was stopped, or could not be answered. */
export type Progress = "waiting" | "asked" | "whole" | "stopped" | "failed";
/** What is known of a panel's question; `told` is the panel's own, null before the first part. */
export interface Inquiry<T = unknown> {
  kind: string;
  about: string;
  values: Values;
  is: Progress;
  says: string;
  done: number;
  count: number;
  program: Program | null;
  told: T | null;
}
/** A panel of the group; its `told` is made of the answer's parts. */
export interface Exploring<T = unknown> extends Panel {
  /** What is asked (components/explore/answers.py). */
  kind: string;
  /** Of Plotly's empty graph. */
  axes: Pick<Layout, "xaxis" | "yaxis">;
  /** What is asked besides the settings. */
  about(state: State): object;
  /** The settings that make a difference; all of them where it has no such function. */
  matters?(values: Values, told: T | null): unknown;
  take(told: T | null, part: ExplorePart): T;
  numbers(told: T, state: State): Numbers;
  /** What a whole answer comes to, in one short sentence for who does not see it. */
  result(told: T, state: State): string;
  /** All numbers in full, a row a line of a file. */
  sheet(told: T): (string | number | null)[][];
  /** Once, when its board is there: what lies over its plot. */
  furnish?(board: Board): void;
  /** After each paint of the page's own board. */
  follow?(board: Board, state: State): void;
}

/** The first part of a rate sweep's answer (components/explore/rate_sweep.py). */
export interface SweepHead extends ExplorePart {
  rates: number[];
  measure: string;
  above: boolean;
  start: number | null;
  methods: { label: string; edge: number | null; why: string }[];
}
export interface SweepPart extends ExplorePart {
  places: number[];
  values: JsonNumber[][];
  readings: { best: number | null; edge: number | null }[];
}
/** Both; `curves`: of each method a number a rate, NaN where there is none, or none yet. */
export type Sweep = SweepHead & Pick<SweepPart, "readings"> & { curves: number[][]; known: boolean[] };

/** What can be varied along an axis (components/explore/dials.py). */
export interface Dial {
  key: string;
  label: string;
  scale: string;
  values: number[];
  setting: string | null;
  own: string;
}
/** The first part of a stability map's answer (components/explore/stability.py). */
export interface MapHead extends ExplorePart {
  place: number;
  label: string;
  x: Dial;
  y: Dial;
  dials: Record<string, string>;
  measure: string;
  measures: Record<string, string>;
  says: string;
  titles: string[];
  /** Of the points of two maps. */
  noises: number[];
  /** What a cell without a number is called, "" where there is none; and how deep colours by powers go, as a share of their top. */
  none: string;
  depth: number | null;
  start: number | null;
}
export interface MapPart extends ExplorePart {
  map?: number;
  every?: [number, number];
  values?: JsonNumber[][];
  edge?: (number | null)[] | null;
}
/** Cells of one map: those that are known, every so many along x and y, a row for each value of y. */
export interface Cells {
  every: [number, number];
  values: number[][];
}
export type StabilityMap = MapHead & { maps: (Cells | null)[]; edge: (number | null)[] | null };

/** The first part of a map of basins' answer (components/explore/basins.py). */
export interface BasinsHead extends ExplorePart {
  methods: string[];
  parameters: string[];
  bounds: [Range, Range];
  side: number;
  near: number;
  /** What stands in a map instead of a minimum's place. */
  none: number;
  gone: number;
  steps: number;
}
/** A part that has all that is known by now; of each method `ends` has a row for each value of the second parameter. */
export interface BasinsPart extends ExplorePart {
  every: number;
  minima: { name: string; at: number[]; loss: JsonNumber }[];
  ends: number[][][];
  classes: string[];
  /** Of each method and class the share of the starts, and the ends of its 95 % interval. */
  shares: [share: number, low: number, high: number][][];
  says: string;
}
export type Basins = BasinsHead & { found: BasinsPart | null };

/** The first part of a rate finder's answer (components/explore/finder.py). */
export interface FinderHead extends ExplorePart {
  methods: string[];
  /** Those that can be set. */
  rates: number[];
  span: Range;
  steps: number;
  /** Every how many of them are told. */
  every: number;
  measure: string;
  log: boolean;
  start: number | null;
  /** Steps that the running mean looks back over, and the share of the lowest's rate that is suggested. */
  back: number;
  share: number;
}
/** A method's run at a growing rate; `calm`: how many steps there are before the loss runs away. */
export interface RateTest {
  rates: number[];
  loss: number[];
  smoothed: number[];
  calm: number;
  suggested: number | null;
  lowest: number | null;
  steepest: number | null;
}
/** A part of a run, of the method at this place, or one of the sweep. */
export interface FinderPart extends ExplorePart {
  place?: number;
  rates?: number[];
  loss?: JsonNumber[];
  smoothed?: JsonNumber[];
  calm?: number;
  suggested?: number | null;
  lowest?: number | null;
  steepest?: number | null;
  best?: (number | null)[];
  says?: string | string[];
}
export type Finder = FinderHead & { tests: (RateTest | null)[]; best: (number | null)[] | null; says: string[] };

/** The run of a cell. */
export interface CellRun {
  steps: number[];
  params: JsonNumber[][];
  diverged: number | null;
}

/** The first part of a fair race's answer (components/explore/race.py). */
export interface RaceHead extends ExplorePart {
  ways: string[];
  above: boolean;
  start: number | null;
  /** On which it is scored. */
  seeds: number[];
  budget: string;
  briefly: string;
  methods: { label: string; tunes: string }[];
}
/** All numbers, by ways and methods, and `scores` by seed besides. */
export interface RacePart<N = JsonNumber> extends ExplorePart {
  measure: string;
  tolerance: number;
  medians: N[][];
  low: N[][];
  high: N[][];
  scores: N[][][];
  lost: number[][];
  ranks: number[][];
  rates: number[][];
  edges: boolean[];
  tried: number[];
  headline: string;
  says: string;
  found: Record<string, number>[];
}
/** Both; infinite what has diverged. */
export type Race = RaceHead & RacePart<number>;

/** The first part of the answer about many seeds (components/explore/seeds.py). */
export interface SeedsHead extends ExplorePart {
  seeds: number[];
  word: string;
  isSurface: boolean;
  floor: number | null;
  methods: string[];
}
/** Of the first so many seeds: a band of each method at some steps, of each method and seed its last loss, and who is first. */
export interface SeedsPart<N = JsonNumber> extends ExplorePart {
  steps: number[];
  low: N[][];
  median: N[][];
  high: N[][];
  losses: N[][];
  ranks: number[][];
  usual: boolean[][];
  first: number[];
  between: [number[], number[]];
  tied: number[];
  ties: number;
  lost: number[];
  says: string;
}
export type Seeds = SeedsHead & SeedsPart<number>;
