// A canvas that keeps what is drawn on it as SVG: the part of CanvasRenderingContext2D that the panels use, no more. Numbers are CSS
// pixels, for a panel's only transform is the screen's density, which vectors have no use for. Knows strokes; not what they mean.
const ANCHORS = { left: "start", right: "end", center: "middle", start: "start", end: "end" };
const DOWN = { middle: 0.35, bottom: -0.25, alphabetic: 0, top: 0.8 }; // em from the baseline that SVG counts from
let named = 0, ruler = null;

const n = (value) => String(Math.round(value * 100) / 100);
const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A colour as one that every reader of SVG knows, and its opacity: "rgba(1, 2, 3, 0.5)" is two attributes. */
function colour(words) {
  const parts = words.match(/^rgba\((.+),\s*([\d.]+)\)$/);
  return parts ? [`rgb(${parts[1]})`, Number(parts[2])] : [words, 1];
}

/** What a path is drawn with, as SVG's path data in `d`. */
class Pencil {
  d = "";
  open = false;
  moveTo(x, y) {
    if (Number.isFinite(x + y)) {
      this.d += `M${n(x)} ${n(y)}`;
      this.open = true;
    }
  }
  lineTo(x, y) {
    if (!this.open) return this.moveTo(x, y);
    if (Number.isFinite(x + y)) this.d += `L${n(x)} ${n(y)}`;
  }
  closePath() {
    if (this.open) this.d += "Z";
  }
  rect(x, y, width, height) {
    this.d += `M${n(x)} ${n(y)}h${n(width)}v${n(height)}h${n(-width)}Z`;
    this.open = true;
  }
  /** A whole circle: the panels draw no other arcs. */
  arc(x, y, r) {
    if (Number.isFinite(x + y)) {
      this.d += `M${n(x + r)} ${n(y)}A${n(r)} ${n(r)} 0 1 1 ${n(x - r)} ${n(y)}A${n(r)} ${n(r)} 0 1 1 ${n(x + r)} ${
        n(y)
      }`;
    }
    this.open = true;
  }
}

const LOOK = {
  strokeStyle: "#000",
  fillStyle: "#000",
  lineWidth: 1,
  lineJoin: "miter",
  lineCap: "butt",
  globalAlpha: 1,
  font: "10px sans-serif",
  textAlign: "start",
  textBaseline: "alphabetic",
  dash: [],
  region: null,
};

class Context extends Pencil {
  parts = [];
  defs = [];
  kept = [];
  around = null; // the region of the group that is open
  layers = new Map(); // other canvases drawn here, by the names of what they hold
  constructor(canvas) {
    super();
    this.canvas = canvas;
    Object.assign(this, LOOK);
  }

  save() {
    this.kept.push(Object.fromEntries(Object.keys(LOOK).map((key) => [key, this[key]])));
  }
  restore() {
    Object.assign(this, this.kept.pop());
  }
  setLineDash(dash) {
    this.dash = dash;
  }
  beginPath() {
    this.d = "";
    this.open = false;
  }
  setTransform() {}
  clearRect() {
    Object.assign(this, { parts: [], defs: [], around: null, layers: new Map() });
  }

  clip() {
    const id = `region-${(named += 1)}`, within = this.region ? ` clip-path="url(#${this.region})"` : "";
    this.defs.push(`<clipPath id="${id}"${within}><path d="${this.d}"/></clipPath>`);
    this.region = id;
  }

  put(part) {
    if (this.around !== this.region) {
      if (this.around) this.parts.push("</g>");
      if (this.region) this.parts.push(`<g clip-path="url(#${this.region})">`);
      this.around = this.region;
    }
    this.parts.push(part);
  }

  /** Attributes of a paint: `name` is "stroke" or "fill". */
  paint(name, style) {
    const [plain, opacity] = colour(style), alpha = opacity * this.globalAlpha;
    return ` ${name}="${plain}"${alpha < 1 ? ` ${name}-opacity="${n(alpha)}"` : ""}`;
  }
  pen() {
    const join = this.lineJoin === "miter" ? "" : ` stroke-linejoin="${this.lineJoin}"`,
      cap = this.lineCap === "butt" ? "" : ` stroke-linecap="${this.lineCap}"`;
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map(n).join(" ")}"` : "";
    return `${this.paint("stroke", this.strokeStyle)} stroke-width="${n(this.lineWidth)}"${join}${cap}${dash}`;
  }
  stroke({ d } = this) {
    if (d) this.put(`<path d="${d}" fill="none"${this.pen()}/>`);
  }
  fill({ d } = this) {
    if (d) this.put(`<path d="${d}"${this.paint("fill", this.fillStyle)}/>`);
  }
  fillRect(x, y, width, height) {
    this.put(
      `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"${this.paint("fill", this.fillStyle)}/>`,
    );
  }

  /** A text's halo waits for its ink: both are one text then. */
  strokeText(words, x, y) {
    this.halo = { words, x, y, pen: `${this.pen()} paint-order="stroke"` };
  }
  fillText(words, x, y) {
    const { halo } = this, pen = halo?.words === words && halo.x === x && halo.y === y ? halo.pen : "";
    this.halo = null;
    const [, weight = "400", size, family] = this.font.match(/^(?:(\d+)\s+)?([\d.]+)px\s+(.*)$/);
    this.put(
      `<text x="${n(x)}" y="${n(y + DOWN[this.textBaseline] * size)}" font-family="${
        escape(family)
      }" font-size="${size}" font-weight="${weight}"` +
        ` text-anchor="${ANCHORS[this.textAlign]}"${this.paint("fill", this.fillStyle)}${pen}>${escape(words)}</text>`,
    );
  }
  measureText(words) {
    ruler ??= document.createElement("canvas").getContext("2d");
    ruler.font = this.font;
    return ruler.measureText(words);
  }

  /** Another such canvas: its content is kept once and used as often as it is drawn. */
  drawImage({ vector: other }) {
    if (!other?.parts.length) return;
    if (!this.layers.has(other)) {
      this.layers.set(other, `layer-${(named += 1)}`);
      this.defs.push(`<g id="${this.layers.get(other)}">${other.inside()}</g>`);
    }
    const use = `<use href="#${this.layers.get(other)}"/>`;
    this.put(this.globalAlpha < 1 ? `<g opacity="${n(this.globalAlpha)}">${use}</g>` : use);
  }

  /** Everything as SVG, without the svg element itself. */
  inside() {
    return `${this.defs.length ? `<defs>${this.defs.join("")}</defs>` : ""}${this.parts.join("")}${
      this.around ? "</g>" : ""
    }`;
  }
}

/** A canvas of this kind; `vector` is its context. */
function canvas() {
  const made = { width: 0, height: 0, style: {}, getContext: () => made.vector };
  made.vector = new Context(made);
  return made;
}

/** Vectors, as what a panel is painted on (plot/canvas.js). */
const VECTORS = { canvas, path: () => new Pencil() };

export const svgCanvas = { VECTORS, canvas, escape };
