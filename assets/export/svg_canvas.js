// A canvas that keeps what is drawn on it as SVG: the part of CanvasRenderingContext2D that the panels use, no more. Numbers are CSS
// pixels, for a panel's only transform is the screen's density, which vectors have no use for. Knows strokes; not what they mean.
import { canvases } from "../plot/canvas.js";
/** @import { Medium } from "../types.d.ts" */

const ANCHORS = { left: "start", right: "end", center: "middle", start: "start", end: "end" };
const DOWN = { middle: 0.35, bottom: -0.25, alphabetic: 0, top: 0.8 }; // em from the baseline that SVG counts from
let named = 0;
/** @type {CanvasRenderingContext2D | null} */
let ruler = null;

/** @param {number} value */
const n = (value) => String(Math.round(value * 100) / 100);
/** @param {string} text */
const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A colour as one that every reader of SVG knows, and its opacity: "rgba(1, 2, 3, 0.5)" is two attributes. @param {string} words @returns {[string, number]} */
function colour(words) {
  const parts = String(words).match(/^rgba\((.+),\s*([\d.]+)\)$/);
  return parts ? [`rgb(${parts[1]})`, Number(parts[2])] : [words, 1];
}

/** What a path is drawn with, as SVG's path data in `d`. */
class Pencil {
  d = "";
  open = false;
  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    if (Number.isFinite(x + y)) {
      this.d += `M${n(x)} ${n(y)}`;
      this.open = true;
    }
  }
  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    if (!this.open) return this.moveTo(x, y);
    if (Number.isFinite(x + y)) this.d += `L${n(x)} ${n(y)}`;
  }
  closePath() {
    if (this.open) this.d += "Z";
  }
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.d += `M${n(x)} ${n(y)}h${n(width)}v${n(height)}h${n(-width)}Z`;
    this.open = true;
  }
  /** A whole circle: the panels draw no other arcs. @param {number} x @param {number} y @param {number} r */
  arc(x, y, r) {
    if (Number.isFinite(x + y)) {
      this.d += `M${n(x + r)} ${n(y)}A${n(r)} ${n(r)} 0 1 1 ${n(x - r)} ${n(y)}A${n(r)} ${n(r)} 0 1 1 ${n(x + r)} ${
        n(y)
      }`;
    }
    this.open = true;
  }
}

/** What save keeps and restore gives back. */
const KEPT = /** @type {const} */ ([
  "strokeStyle",
  "fillStyle",
  "lineWidth",
  "lineJoin",
  "lineCap",
  "globalAlpha",
  "font",
  "textAlign",
  "textBaseline",
  "dash",
  "region",
  "turned",
]);

class Context extends Pencil {
  strokeStyle = "#000";
  fillStyle = "#000";
  lineWidth = 1;
  lineJoin = "miter";
  lineCap = "butt";
  globalAlpha = 1;
  font = "10px sans-serif";
  textAlign = /** @type {keyof typeof ANCHORS} */ ("start");
  textBaseline = /** @type {keyof typeof DOWN} */ ("alphabetic");
  dash = /** @type {number[]} */ ([]);
  region = /** @type {string | null} */ (null);
  turned = ""; // of texts, as SVG's transform; the panels turn nothing else

  parts = /** @type {string[]} */ ([]);
  defs = /** @type {string[]} */ ([]);
  kept = /** @type {object[]} */ ([]);
  around = /** @type {string | null} */ (null); // the region of the group that is open
  layers = /** @type {Map<Context, string>} */ (new Map()); // other canvases drawn here, by the names of what they hold
  halo = /** @type {{ words: string, x: number, y: number, pen: string } | null} */ (null);

  save() {
    this.kept.push(Object.fromEntries(KEPT.map((key) => [key, this[key]])));
  }
  restore() {
    Object.assign(this, this.kept.pop());
  }
  /** @param {number[]} dash */
  setLineDash(dash) {
    this.dash = dash;
  }
  beginPath() {
    this.d = "";
    this.open = false;
  }
  setTransform() {}
  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.turned += `translate(${n(x)} ${n(y)}) `;
  }
  /** @param {number} angle */
  rotate(angle) {
    this.turned += `rotate(${n((angle * 180) / Math.PI)}) `;
  }
  clearRect() {
    Object.assign(this, { parts: [], defs: [], around: null, layers: new Map() });
  }

  clip() {
    const id = `region-${(named += 1)}`, within = this.region ? ` clip-path="url(#${this.region})"` : "";
    this.defs.push(`<clipPath id="${id}"${within}><path d="${this.d}"/></clipPath>`);
    this.region = id;
  }

  /** @param {string} part */
  put(part) {
    if (this.around !== this.region) {
      if (this.around) this.parts.push("</g>");
      if (this.region) this.parts.push(`<g clip-path="url(#${this.region})">`);
      this.around = this.region;
    }
    this.parts.push(part);
  }

  /** Attributes of a paint: `name` is "stroke" or "fill". @param {string} name @param {string} style */
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
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.put(
      `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"${this.paint("fill", this.fillStyle)}/>`,
    );
  }

  /** A text's halo waits for its ink: both are one text then. @param {string} words @param {number} x @param {number} y */
  strokeText(words, x, y) {
    this.halo = { words, x, y, pen: `${this.pen()} paint-order="stroke"` };
  }
  /** @param {string} words @param {number} x @param {number} y */
  fillText(words, x, y) {
    const { halo } = this,
      same = halo && halo.words === words && halo.x === x && halo.y === y,
      pen = same ? halo.pen : "";
    this.halo = null;
    const [, weight = "400", size, family] = /^(?:(\d+)\s+)?([\d.]+)px\s+(.*)$/.exec(this.font) ??
      ["", "400", "10", this.font];
    this.put(
      `<text x="${n(x)}" y="${n(y + DOWN[this.textBaseline] * Number(size))}" font-family="${
        escape(family)
      }" font-size="${size}" font-weight="${weight}"` +
        ` text-anchor="${ANCHORS[this.textAlign]}"${this.turned ? ` transform="${this.turned.trim()}"` : ""}${
          this.paint("fill", this.fillStyle)
        }${pen}>${escape(words)}</text>`,
    );
  }
  /** @param {string} words */
  measureText(words) {
    ruler ??= canvases.drawing(document.createElement("canvas"));
    ruler.font = this.font;
    return ruler.measureText(words);
  }

  /** Another such canvas: its content is kept once and used as often as it is drawn. @param {{ vector?: Context }} canvas */
  drawImage({ vector: other }) {
    if (!other?.parts.length) return;
    const known = this.layers.get(other), id = known ?? `layer-${(named += 1)}`;
    if (!known) {
      this.layers.set(other, id);
      this.defs.push(`<g id="${id}">${other.inside()}</g>`);
    }
    const use = `<use href="#${id}"/>`;
    this.put(this.globalAlpha < 1 ? `<g opacity="${n(this.globalAlpha)}">${use}</g>` : use);
  }

  /** Everything as SVG, without the svg element itself. */
  inside() {
    return `${this.defs.length ? `<defs>${this.defs.join("")}</defs>` : ""}${this.parts.join("")}${
      this.around ? "</g>" : ""
    }`;
  }
}

/** `vector` is its context. */
function canvas() {
  const vector = new Context();
  return { width: 0, height: 0, style: {}, vector, getContext: () => vector };
}

/** Vectors, as what a panel is painted on (plot/canvas.js): as much of a canvas and its paths as the panels use. @type {Medium} */
const VECTORS = {
  canvas: () => /** @type {HTMLCanvasElement} */ (/** @type {unknown} */ (canvas())),
  path: () => /** @type {Path2D} */ (/** @type {unknown} */ (new Pencil())),
};

/** What was drawn on one of these canvases, as SVG without the svg element itself. @param {HTMLCanvasElement} canvas */
function inside(canvas) {
  /** @type {unknown} */
  const drawn = canvas.getContext("2d");
  if (!(drawn instanceof Context)) throw new TypeError("This canvas keeps no vectors");
  return drawn.inside();
}

export const svgCanvas = { VECTORS, escape, inside };
