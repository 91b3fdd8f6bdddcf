// Pictures of one panel or of all on view, with title, step and legend: as SVG, whose texts stay texts, and as PNG. Knows how a picture
// is laid out; the panels come from a studio.
import { download } from "../base/download.js";
import { find } from "../base/elements.js";
import { surfaceView } from "../panels/surface/view.js";
import { clock } from "../player/clock.js";
import { story } from "../player/story.js";
import { boardAt, boards } from "../plot/boards.js";
import { canvases } from "../plot/canvas.js";
import { marks } from "../plot/marks.js";
import { theme } from "../plot/theme.js";
import { onView } from "../state/on_view.js";
import { otherwise, state } from "../state/state.js";
import { offscreen } from "./offscreen.js";
import { svgCanvas } from "./svg_canvas.js";
/** @import { Context, State } from "../types.d.ts" */

/** @typedef {ReturnType<typeof plan>} Plan */

const ONE = { width: 720, height: 430 }, SEVERAL = { width: 480, height: 330 }; // of each plot
const SHARP = { one: 3, all: 2 }; // pixels of a PNG for each pixel of the plan
const EDGE = 10, CHIP = 34;

/** @param {string} name */
const figure = (name) => boardAt(name).figure;
/** @param {string} name */
const title = (name) => find(figure(name), "h2").textContent;
/** The panels of a picture: of one, or of "all" that are on view, in the order of the page. @param {string} which */
const names = (which) => which === "all" ? [...boards.keys()].filter((name) => onView.shown.includes(name)) : [which];
/** @param {State} state */
const methods = ({ run, hidden }) =>
  run.contestants.map(({ label }, c) => ({ label, c })).filter(({ c }) => !hidden.has(c));

/** Where everything stands: {width, height, text, head, top, cells: [{name, x, y}], legend: [{label, c, x, y}], plot}.
 *  @param {string} which */
function plan(which) {
  const text = theme.text(), grow = theme.zoom() ** 0.5, shape = which === "all" ? SEVERAL : ONE, list = names(which);
  const across = list.length === 4 ? 2 : Math.min(3, list.length);
  const plot = { width: Math.round(shape.width * grow), height: Math.round(shape.height * grow) },
    head = Math.round(2.5 * text);
  const top = which === "all" ? head : 0,
    width = across * plot.width,
    rows = Math.ceil(list.length / across);
  const cells = list.map((name, i) => ({
    name,
    x: (i % across) * plot.width,
    y: top + Math.floor(i / across) * (plot.height + head) + head,
  }));
  /** @type {{ label: string, c: number, x: number, y: number }[]} */
  const legend = [];
  const ctx = canvases.drawing(svgCanvas.VECTORS.canvas());
  ctx.font = theme.font();
  let x = EDGE, y = top + rows * (plot.height + head) + text;
  for (const { label, c } of methods(state)) {
    const long = CHIP + 0.6 * text + ctx.measureText(label).width;
    if (x > EDGE && x + long > width - EDGE) [x, y] = [EDGE, y + 1.9 * text];
    legend.push({ label, c, x, y });
    x += long + 2 * text;
  }
  return { which, width, height: Math.round((y + 1.3 * text) / 2) * 2, text, head, top, cells, legend, plot };
}

/** Words cut to a width. @param {Context} ctx @param {string} words @param {number} width */
function cut(ctx, words, width) {
  if (ctx.measureText(words).width <= width) return words;
  let end = words.length;
  while (end > 1 && ctx.measureText(`${words.slice(0, end)}\u2026`).width > width) end -= 1;
  return `${words.slice(0, end)}\u2026`;
}

/** Everything around the plots: ground, titles, what is said beside them, the step, the legend.
 *  @param {Context} ctx @param {Plan} plan @param {State} state */
function surroundings(ctx, plan, state) {
  const { which, width, height, text, head, top, cells, legend, plot } = plan;
  const { paper, soft, grid } = theme.now(), put = marks.text, [where, epoch] = clock.words(state.run, state.step);
  Object.assign(ctx, { fillStyle: paper, globalAlpha: 1 });
  ctx.fillRect(0, 0, width, height);
  const step = [where, epoch].filter(Boolean).join(" \u00b7 ");
  ctx.font = theme.font();
  const room = ctx.measureText(step).width + EDGE, line = top ? head / 2 : cells[0].y - head / 2;
  put(ctx, step, width - EDGE, line, { align: "right", colour: soft });
  if (top) {
    ctx.font = theme.font(600);
    put(ctx, cut(ctx, story.compose(state), width - 3 * EDGE - room), EDGE, line, { weight: 600 });
  }
  for (const { name, x, y } of cells) {
    ctx.font = theme.font(650);
    const words = title(name),
      long = ctx.measureText(words).width,
      free = plot.width - long - 3 * EDGE - (which === "all" ? 0 : room);
    put(ctx, words, x + EDGE, y - head / 2, { weight: 650 });
    ctx.font = theme.font();
    put(
      ctx,
      cut(ctx, find(figure(name), ".says").textContent.replace(surfaceView.HINT, ""), free),
      x + EDGE + long + 0.8 * text,
      y - head / 2,
      { colour: soft },
    );
  }
  if (which === "all") borders(ctx, plan, grid);
  for (const one of legend) chip(ctx, one, text);
}

/** @param {Context} ctx @param {Plan} plan @param {string} grid */
function borders(ctx, { cells, plot, head }, grid) {
  Object.assign(ctx, { strokeStyle: grid, lineWidth: 1 });
  ctx.setLineDash([]);
  for (const { x, y } of cells) {
    ctx.beginPath();
    ctx.rect(x + 0.5, y - head + 0.5, plot.width, plot.height + head);
    ctx.stroke();
  }
}

/** @param {Context} ctx @param {Plan["legend"][0]} entry @param {number} text */
function chip(ctx, { label, c, x, y }, text) {
  const style = theme.contestant(c);
  Object.assign(ctx, { strokeStyle: style.colour, lineWidth: style.width, lineCap: "butt" });
  ctx.setLineDash(style.dash);
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x + CHIP, y);
  ctx.stroke();
  marks.symbol(ctx, style, x + CHIP / 2, y, 4.5);
  marks.text(ctx, label, x + CHIP + 0.6 * text, y);
}

/** The picture of the present step as the text of an SVG, and its plan, without any image in it.
 *  @param {string} which @returns {Promise<{ layout: Plan, text: string }>} */
async function svg(which) {
  const layout = plan(which),
    seen = otherwise({}),
    studio = await offscreen.open(names(which), { ...layout.plot, medium: svgCanvas.VECTORS });
  try {
    const how = { step: seen.step };
    studio.paint(how); // the axes are where they belong now
    const still = new Map();
    for (const { name } of layout.cells) still.set(name, (await studio.standing(name)).replace(/^<\?xml[^>]*>/, ""));
    if (state.run !== seen.run) return await svg(which); // another run has come meanwhile
    studio.paint(how);
    const around = svgCanvas.VECTORS.canvas();
    surroundings(canvases.drawing(around), layout, seen);
    const plots = layout.cells.map(({ name, x, y }) =>
      `<g transform="translate(${x} ${y})">${still.get(name)}${
        svgCanvas.inside(boardAt(name, studio.boards).canvas)
      }</g>`
    );
    const { width, height } = layout;
    return {
      layout,
      text:
        `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
        `<title>${
          svgCanvas.escape(`${
            layout.cells.map(({ name }) => title(name)).join(", ")
          }, ${clock.words(seen.run, seen.step)[0]}`)
        }</title>${svgCanvas.inside(around)}${plots.join("")}</svg>`,
    };
  } finally {
    await studio.close();
  }
}

/** An SVG as an image that can be drawn. @param {string} text */
async function image(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" })), made = new Image();
  made.src = address;
  try {
    await made.decode();
  } finally {
    URL.revokeObjectURL(address);
  }
  return made;
}

/** @param {string} which */
async function png(which) {
  const { layout: { width, height }, text } = await svg(which),
    sharp = which === "all" ? SHARP.all : SHARP.one;
  const canvas = Object.assign(document.createElement("canvas"), { width: width * sharp, height: height * sharp });
  canvases.drawing(canvas).drawImage(await image(text), 0, 0, canvas.width, canvas.height);
  const file = await /** @type {Promise<Blob | null>} */ (new Promise((done) => canvas.toBlob(done, "image/png")));
  if (!file) throw new Error("The browser cannot make a picture of this size.");
  return file;
}

/** What a picture's file is called. @param {string} which @param {string} ending */
const fileName = (which, ending) =>
  `descent-lab-${which === "all" ? "panels" : title(which).toLowerCase().replaceAll(" ", "-")}${ending}`;

/** @param {string} which @param {"svg" | "png"} kind */
async function save(which, kind) {
  const name = fileName(which, `-step-${state.step}.${kind}`);
  const file = kind === "png" ? await png(which) : new Blob([(await svg(which)).text], { type: "image/svg+xml" });
  download.blob(name, file);
  return `Saved ${name}, ${download.size(file.size)}.`;
}

export const pictures = { plan, surroundings, names, title, image, save, fileName };
