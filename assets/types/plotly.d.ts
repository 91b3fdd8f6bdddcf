// Plotly and Dash as far as they are called, and what else hangs on the window. For the type check alone.

/** What is written to Plotly is checked by Plotly. */
export type Trace = Record<string, unknown>;
/** Parts of a layout by their paths: "xaxis.range", ... */
export type Patch = Record<string, unknown>;
export interface Axis {
  type?: string;
  range?: [number | string, number | string];
  title?: { text?: string };
  ticksuffix?: string;
  domain?: number[];
  showgrid?: boolean;
  fixedrange?: boolean;
  anchor?: string;
  overlaying?: string;
}
/** An axis as Plotly keeps it: private, and read by plot/axes.js alone. */
export interface FullAxis extends Axis {
  range: [number | string, number | string];
  _offset: number;
  _vals?: { x: number }[];
  _length: number;
}
export interface Layout {
  xaxis: Axis;
  yaxis: Axis;
  [further: `yaxis${number}`]: Axis | undefined;
  [part: string]: unknown;
}
/** What lies under the pointer. */
export interface HoverPoint {
  x: number;
  y: number;
  data: { name: string; meta?: number };
  yaxis: Axis;
  /** Words of a place; of a curve the median of the epoch, null where there is none. */
  customdata: string | number | null;
}
export interface GraphEvents {
  plotly_hover: { points?: HoverPoint[] };
  plotly_relayout: Record<string, number>;
  plotly_unhover: undefined;
  plotly_afterplot: undefined;
  plotly_relayouting: undefined;
  plotly_doubleclick: undefined;
}
/** The element in which Plotly draws. */
export interface Graph extends HTMLElement {
  data: Trace[];
  layout: Layout;
  _fullLayout?: Record<string, FullAxis | undefined>;
  _context: { doubleClickDelay: number };
  on<K extends keyof GraphEvents>(event: K, work: (told: GraphEvents[K]) => void): void;
}
interface Plotly {
  newPlot(graph: HTMLElement, traces: Trace[], layout: object, config?: object): Promise<Graph>;
  react(graph: HTMLElement, traces: Trace[], layout: object): Promise<Graph>;
  relayout(graph: HTMLElement, patch: Patch): Promise<Graph>;
  purge(graph: HTMLElement): void;
  toImage(graph: HTMLElement | object, options: Record<string, unknown>): Promise<string>;
}

declare global {
  interface Window {
    Plotly: Plotly;
    /** For the console and for tests. */
    lab: object;
    dash_clientside: {
      set_props(id: string, props: Record<string, unknown>): void;
      [namespace: string]: unknown;
    };
  }
}
