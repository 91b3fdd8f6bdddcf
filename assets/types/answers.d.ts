// Settings, and what the server answers to them (app/callbacks.py, app/opening.py). For the type check alone.
import type { Payload, Run } from "../types.d.ts";

/** A setting: a number, null for an open top, a text, or what was just typed. */
export type Value = string | number | null;
/** A setting of a method. */
export type OwnValue = Value | boolean;
/** A method of the list as it travels. */
export interface Entry {
  label: string;
  method: string;
  schedule: string;
  own: Record<string, OwnValue>;
}
/** All settings by key; no list of methods is the article's, `data` are points of one's own as text. */
export interface Values {
  methods?: Entry[] | null;
  data?: string;
  [key: string]: Value | Entry[] | undefined;
}
/** Any of them. */
export type Setting = Values[string];
/** One setting as the form shows it. */
export interface Shown {
  text: string;
  position?: number;
  said?: string;
  top?: number;
}
/** A slider as components/page/form.py describes it. */
export interface Slider {
  first: number;
  step: number;
  /** Of its stops; "" is null. Without them the position is the value. */
  texts?: string[];
  captions?: string[];
  blank?: string;
  up_to?: string;
}
/** What the form has to know (components/page/form.py). */
export interface Spec {
  defaults: Record<string, Value>;
  shown: Record<string, Shown>;
  presets: Record<string, Values>;
  sliders: Record<string, Slider>;
  labels: Record<string, string>;
  longest: number;
  renewing: string[];
}
/** A setting of a method in the last answer; `follows`: the shared setting that it takes its value from. */
export interface MethodValue {
  value: OwnValue;
  text: string;
  follows: string | null;
}
/** A setting of a method or schedule; of a number `scale` names its stops. */
export interface Control {
  label: string;
  says: string;
  kind: "number" | "choice" | "switch";
  follows: string | null;
  options?: [value: string, text: string][];
  scale?: string;
}
export interface Kind {
  words: string;
  controls: Record<string, Control>;
  intuition: string;
  /** Lines of MathML. */
  formula: string[];
  source: string;
}
/** What the list of methods has to know (components/page/drawers/methods.py). */
export interface MethodsSpec {
  most: number;
  longest: number;
  blank: string;
  article: Entry[];
  form: Record<string, MethodValue>[];
  methods: Record<string, Kind & { unitless: boolean; relatives: string[] }>;
  schedules: Record<string, Kind>;
  /** The stops of sliders as texts, "" for the whole run. */
  scales: Record<string, string[]>;
  settings: Record<string, string>;
  shared: Record<string, string>;
}
/** The server's answer to settings (app/callbacks.py): what they are now, and their run, where they make one. */
export interface Reply {
  n: number;
  /** The values that it answers, false for one that was too long to come back; none where the server failed. */
  asked?: Values & Record<string, false>;
  values: Values;
  form: Record<string, Shown>;
  /** Label and help of the settings that are called otherwise on a surface. */
  names: Record<string, [label: string, help: string]>;
  captions: Record<string, string>;
  methods?: Record<string, MethodValue>[] | null;
  notes: Record<string, string>;
  errors: Record<string, string>;
  unused: string[];
  mathematics: string[];
  link: string | null;
  left: string[];
  run: Payload | null;
  /** Where its run is to be had instead (assets/run/follow.js). */
  at?: string;
  problem: string | null;
  /** Its run, once it is decoded. */
  read?: Run;
}
/** An answer with a run. */
export interface Ran extends Reply {
  run: Payload;
  /** The server's, of the reply that comes with the page. */
  version?: string;
}
/** The answer to a link, a file or a lesson (app/opening.py). */
export interface Opened extends Ran {
  data: string;
  view: Record<string, string>;
  changes: string[];
  locks: Offer | null;
}
/** What a link keeps from being changed (components/links/locks.py). */
export interface Offer {
  parts: string[];
  fixed: string[];
  shown: string[];
  withheld: string[];
  panels: string[] | null;
  lessons: string[] | null;
  /** What there would be besides, but speaks of other values than the fixed ones. */
  untrue: { presets: string[]; lessons: string[] };
  embed: boolean;
  readout: boolean;
}

// ---- the theory (components/theory/answer.py) ------------------------------------------------------------------------

/** A number of JSON, which has no infinities (components/text/infinities.py); null: none. */
export type JsonNumber = number | "inf" | "-inf" | null;
export interface TheoryRow {
  name: string;
  text: string;
  says: string;
  /** MathML, or "". */
  math: string;
}
/** An edge on the slider of the learning rate; `at`: its share of the slider's length, null beyond its ends. */
export interface TheoryMark {
  place: number;
  rate: JsonNumber;
  text: string;
  at: number | null;
  says: string;
  /** It is that of this run's own batches. */
  here: boolean;
}
export interface TheoryBest extends TheoryRow {
  lr: number;
  beta?: number;
  shrinkage: number;
  /** What to set in the form and for the method alone; null where a setting does not reach. */
  sets: { settings: Record<string, number>; own: Record<string, number>; says: string } | null;
}
export interface TheoryOfMethod {
  label: string;
  rate: string;
  why: string | null;
  verdict: string;
  rows: TheoryRow[];
  edge: JsonNumber;
  /** At the ends of epochs 0, 1, ... */
  loss: JsonNumber[] | null;
  shrinkage: JsonNumber;
  limit: JsonNumber[] | null;
  best: TheoryBest | null;
  marks: TheoryMark[];
}
export interface ToldTheory {
  hash: string;
  epochs: number;
  why: null;
  formula: string;
  rows: TheoryRow[];
  curvatures: number[];
  axes: number[][];
  optimum: number[];
  floor: number;
  noisy: boolean;
  methods: TheoryOfMethod[];
}
export type Theory = ToldTheory | { hash: string; epochs: number; why: string };

// ---- lessons (components/lessons/__init__.py) ------------------------------------------------------------------------

export interface LessonChoice {
  text: string;
  says: string;
  right: boolean;
}
/** Another run, or a step of the same; `step`: null for a play; `panels`: those that it shows, none where they stay. */
export interface LessonScene {
  text: string;
  values: Values;
  step: number | null;
  panels: string[];
}
export interface Lesson {
  name: string;
  title: string;
  line: string;
  /** What the headline asks at step 0; "": the problem's own question. */
  headline: string;
  notice: string;
  values: Values;
  step: number;
  /** Those that it shows, the first wanted most. */
  panels: string[];
  controls: string[];
  /** What the panels' selects stand on. */
  view: Record<string, string>;
  question: string;
  choices: LessonChoice[];
  reveal: LessonScene;
  also: (LessonScene & { button: string })[];
  /** `sets`: the settings on view that its button sets, in words. */
  challenge: { text: string; values: Values; sets: string; panels: string[] };
}

// ---- the microscope (components/microscope/answers.py) ---------------------------------------------------------------

/** A line of a rule: MathML, the same with slots for numbers, and above which number of a name the first of two holds. */
export interface RuleRow {
  name: string;
  says: string;
  symbol: string;
  rule: string;
  filled: { mathml: string; slots: [name: string, kind: string][] }[];
  above: { name: string; number: number } | null;
}
export interface Rule {
  label: string;
  constants: Record<string, number>;
  /** Where the gradient comes from: the rows of each kind of parameter, and the place of each parameter's among them. */
  gradient: { kinds: RuleRow[][]; of: number[] };
  rows: RuleRow[];
  begins: RuleRow[];
}
/** Rates of `count` rows from `first` on, packed, of the methods at these places (its "felt"). */
export interface RatesPart {
  parameters: number[];
  has: number[];
  first: number;
  count: number;
  rates: string;
}
