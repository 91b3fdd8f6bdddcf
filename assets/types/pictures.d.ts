// What pictures are made of: axes, curves, panels, boards, looks. For the type check alone.
import type { Context, ControlRow, Graph, Layout, Patch, Place, Range, Run, State, Trace, Words } from "../types.d.ts";

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
/** Where a pointer is on a graph's axes, how much of each is one pixel, and in which of its plots (plot/click.js). */
export interface Spot {
  x: number;
  y: number;
  per: [number, number];
  of: number;
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
  /** Whether the run from before a move is drawn; left out: wherever there is one. */
  compares?(state: State): boolean;
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
  /** Kept once Plotly has laid out what it was given last. */
  laid?: Promise<Graph>;
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
  layout: { margin: Record<"l" | "r" | "t" | "b", number>; yaxis: { ticklen: number } };
}
/** The tables of components/page/theme.py and layout.py. */
export interface Look {
  /** By kind, and the ordinal among those of one kind. */
  styles: Record<string, (Omit<Style, "colour"> & Record<SchemeName, string>)[]>;
  schemes: Record<SchemeName, Scheme>;
  /** Grounds of the places that lead to a minimum. */
  minima: Record<SchemeName, string[]>;
  templates: Record<SchemeName, Record<SizeName, Template>>;
  sizes: Record<SizeName, number>;
  font: string;
  traces: Record<string, Trace> & { landscape: { line: Trace; contours: Trace } };
  colorscale: Record<SchemeName, [number, string][]>;
  rightAxis: number;
  controls: ControlRow[];
  /** Plotly's settings of each graph. */
  config: object;
  /** The panels that the page opens on, and those that explore. */
  opening: string[];
  explore: string[];
}
