// The shapes that travel between rooms, for the type check alone: no module of the page, and never fetched. Knows what the rooms hand
// each other; a shape of one module stays in it.
import type { Graph, Layout, Patch, Trace } from "./types/plotly.d.ts";
import type { Place, Range, Run } from "./types/run.d.ts";
import type { Reply, Values } from "./types/answers.d.ts";

export type * from "./types/answers.d.ts";
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
  hidden: Set<number>;
  forward: number | null;
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
}
/** One of these rows, as components/page/panels tells it; `usual`: what it stands at first, null where nothing is held. */
export interface ControlRow {
  panel: string;
  name: string;
  kind: "switch" | "toggle" | "tool" | "choice";
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

// ---- pictures --------------------------------------------------------------------------------------------------------

/** Where Plotly's axes put numbers, in CSS pixels of the graph (plot/axes.js). */
export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
  width: number;
  height: number;
  xRange: Range;
  yRange: Range;
  yLog: boolean;
  x(value: number): number;
  y(value: number): number;
}
/** Where a pointer is on a graph's axes, and how much of each is one pixel (plot/click.js). */
export interface Spot {
  x: number;
  y: number;
  per: [number, number];
}
/** Series `name` of contestant c times `scale`; `exact`: never summarised. */
export interface Curve {
  c: number;
  name: string;
  scale?: number;
  exact?: boolean;
}
/** A dotted line at a value, with a caption. */
export interface Line {
  value: number;
  text?: string;
  left?: boolean;
  below?: boolean;
}
/** Curves on one axis; `title`: what is written in its corner; `pale`: of those that shake the course is the line; `tells`: what stands below a method's name. */
export interface Strip {
  axis: string;
  curves: Curve[];
  title?: string;
  lines?: Line[];
  pale?: boolean;
  tells?(c: number, value: number): string;
}

/** What a panel is painted on: its canvases, and the paths that are kept for them; pixels or vectors. */
export interface Medium {
  canvas(): HTMLCanvasElement;
  path(): Path2D;
}
/** A canvas with `density` pixels for each of the page's. */
export interface Sheet {
  canvas: HTMLCanvasElement;
  ctx: Context;
  density: number;
}
/** One to paint once and show often; `row`: how far it is painted. */
export interface Layer extends Sheet {
  row: number;
}
/** What a panel's `paint` gets: the canvases of what stands still, and the trail, which it extends itself. */
export interface Layers {
  curves: HTMLCanvasElement;
  ghost: HTMLCanvasElement;
  trail: Layer;
}
export interface Panel {
  name: string;
  /** Its x axis is time. */
  time?: boolean;
  /** Its ranges only grow while a setting is dragged. */
  readonly grows?: boolean;
  keepsZoom?: boolean;
  contours?: boolean;
  strips?(run: Run, state: State): Strip[];
  layer?(ctx: Context, graph: Graph, run: Run, strips: Strip[] | undefined, state: State, grey?: string | null): void;
  ghost?(ctx: Context, graph: Graph, run: Run, strips: Strip[] | undefined, state: State): void;
  paint(ctx: Context, graph: Graph, state: State, layers: Layers): void;
  traces(run: Run, state: State, graph: Graph): Trace[];
  ranges(run: Run, state: State, graph: Graph): Patch;
  /** Other axes, where the graph has others than these; else null. */
  shape?(run: Run, state: State, graph: Graph): { traces: Trace[]; layout: Layout } | null;
  /** Whether it has a place for pins. */
  pinned?(state: State): boolean;
  /** Whether nothing of Plotly's is seen under what it paints. */
  paintsAll?(state: State): boolean;
  head?(state: State): Words;
  /** What else of its figure depends on what is on view. */
  dress?(state: State, figure: HTMLElement): void;
  /** What a change of a control does, where it is more than being drawn anew. */
  controls?: Record<string, (value: never, state: State) => void>;
  /** Its controls offer what the run on view has. */
  offer?(state: State): void;
  /** Another run: a method is at another place. */
  carry?(place: Place, state: State): void;
}
export interface Board extends Sheet {
  panel: Panel;
  name: string;
  figure: HTMLElement;
  graph: Graph;
  medium: Medium;
  dirty: boolean;
  zoomed: boolean;
  width: number;
  height: number;
  /** The ranges that Plotly was given last, as JSON. */
  patch: string;
  /** The run of which Plotly's unseen curves are. */
  answers?: Run | null;
  /** Colours and size of text in which Plotly drew it last. */
  dress?: string;
  layers: { curves: Layer; ghost: Layer; trail: Layer };
}

/** How a view paints paths (plot/paths.js). */
export interface Way {
  /** Others have the paths elsewhere. */
  key: string;
  /** Whether the path of method c from row to row is a to and fro: a line of its usual width would be a blot. */
  shakes(run: Run, c: number, from: number, to: number): boolean;
  /** Draws rows `from` to `to` of a run's method c. */
  stroke(ctx: Context, run: Run, c: number, from: number, to: number): void;
  /** Where a row lies; null: nowhere. */
  spot(run: Run, c: number, row: number): Standing | null;
}
/** A pixel, how strong a mark is there, and whether it is on view. */
export interface Standing {
  x: number;
  y: number;
  alpha: number;
  shown: boolean;
}
/** What is written beside a head; `apart`: it shares its label with no other. */
export interface Head {
  x: number;
  y: number;
  text: string;
  value?: number | string;
  apart?: boolean;
}

/** A head with a name (plot/names.js): whose it is, where it is on the whole, how it is drawn, and lines below its name. */
export interface Named {
  key: number | string;
  x: number;
  y: number;
  steady?: number;
  text: string;
  more?: string[];
  style: Style & { hollow?: boolean };
}

/** What decides how a method is drawn: the names of its class and of its schedule's. */
export interface Method {
  method: string;
  schedule: string;
}
/** How a method is drawn; `cut`: what is cut out of its symbol. */
export interface Style {
  colour: string;
  width: number;
  dash: number[];
  symbol: string;
  cut: "" | "dot" | "bar" | "post";
}
export type SchemeName = "light" | "dark";
export type SizeName = "normal" | "projector";
export type Scheme = Record<
  "paper" | "ink" | "soft" | "future" | "grid" | "reference" | "plain" | "contour" | "hue",
  string
>;
/** Plotly's template of a scheme and a size, as far as it is read here. */
export interface Template {
  layout: { margin: Record<"l" | "r" | "t" | "b", number> };
}
/** The tables of components/page/theme.py and layout.py. */
export interface Look {
  /** By kind, and the ordinal among those of one kind. */
  styles: Record<string, (Omit<Style, "colour"> & Record<SchemeName, string>)[]>;
  schemes: Record<SchemeName, Scheme>;
  templates: Record<SchemeName, Record<SizeName, Template>>;
  sizes: Record<SizeName, number>;
  font: string;
  traces: Record<string, Trace> & { landscape: { line: Trace; contours: Trace } };
  colorscale: Record<SchemeName, [number, string][]>;
  rightAxis: number;
  controls: ControlRow[];
  /** The panels that the page opens on. */
  opening: string[];
}
