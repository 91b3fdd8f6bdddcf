// A film of one panel or of all on view, over the range on view at the transport's speed: as GIF, picture by picture, or as WebM, which
// the browser records while it plays out of sight. Knows pictures and time; export/gif.js knows the format.
import { download } from "../base/download.js";
import { clock } from "../player/clock.js";
import { boardAt } from "../plot/boards.js";
import { canvases } from "../plot/canvas.js";
import { state } from "../state/state.js";
import { gif } from "./gif.js";
import { pictures } from "./image.js";
import { offscreen } from "./offscreen.js";

/** How a film is given up, and who is told which share of it is made.
 *  @typedef {{ signal: AbortSignal, progress(share: number): void }} Making */

const PER_SECOND = { one: 12, all: 8 }, MOST = 200, HOLD = 2; // pictures of a GIF; seconds that the last one stays
const SAMPLES = [0, 0.35, 0.7, 1]; // of the play, from which a GIF's colours are taken
const SHARP = { one: 2, all: 1 }; // pixels of a WebM for each pixel of the plan
const RATE = 30, BITS = 10e6; // pictures and bits a second of a WebM
const TYPES = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm", "video/mp4"];

/** @param {string} which */
const part = (which) => (which === "all" ? "all" : "one");
const turn = () => new Promise((done) => setTimeout(done));
const picture = () => new Promise((done) => requestAnimationFrame(done));

/** Pictures of any step on one canvas, `per` pixels for each of the plan: {canvas, ctx, draw(step), close()}.
 *  @param {string} which @param {number} per */
async function open(which, per) {
  const layout = pictures.plan(which), studio = await offscreen.open(pictures.names(which), layout.plot);
  const canvas = Object.assign(document.createElement("canvas"), {
    width: layout.width * per,
    height: layout.height * per,
  });
  const ctx = canvases.drawing(canvas, { willReadFrequently: true });
  /** Of each panel. @type {Map<string, { text: string, image: HTMLImageElement | null }>} */
  const still = new Map();

  /** @param {string} name */
  async function standing(name) {
    const text = await studio.standing(name), known = still.get(name);
    if (known?.text === text) return known.image;
    const image = text ? await pictures.image(text) : null;
    still.set(name, { text, image });
    return image;
  }

  /** @param {number} step */
  async function draw(step) {
    const shown = studio.paint({ step, playing: true, ghost: null }, per);
    const images = await Promise.all(layout.cells.map(({ name }) => standing(name)));
    ctx.setTransform(per, 0, 0, per, 0, 0);
    pictures.surroundings(ctx, layout, shown);
    layout.cells.forEach(({ name, x, y }, i) => {
      const { width, height } = layout.plot;
      ctx.globalAlpha = 1;
      const image = images[i];
      if (image) ctx.drawImage(image, x, y, width, height);
      ctx.drawImage(boardAt(name, studio.boards).canvas, x, y, width, height);
    });
  }
  await draw(clock.at(0)); // the axes settle, and what stands still is drawn upon them
  return { canvas, ctx, draw, close: studio.close };
}

/** @param {string} which @param {Making} making */
async function asGif(which, { signal, progress }) {
  const film = await open(which, 1), { canvas: { width, height }, ctx } = film;
  const pixels = () => ctx.getImageData(0, 0, width, height).data;
  try {
    const { seconds, at } = clock, count = Math.max(2, Math.min(MOST, Math.round(seconds * PER_SECOND[part(which)])));
    const samples = [];
    for (const share of SAMPLES) {
      await film.draw(at(share));
      samples.push(pixels());
    }
    const file = gif.start(width, height, samples);
    for (let i = 0; i < count; i++) {
      signal.throwIfAborted();
      await film.draw(at(i / (count - 1)));
      file.add(pixels(), i === count - 1 ? HOLD : seconds / count);
      progress((i + 1) / count);
      await turn();
    }
    return new Blob([file.end()], { type: "image/gif" });
  } finally {
    await film.close();
  }
}

const type = () => window.MediaRecorder && TYPES.find((one) => MediaRecorder.isTypeSupported(one));

/** @param {string} which @param {Making} making */
async function asVideo(which, { signal, progress }) {
  const film = await open(which, SHARP[part(which)]), { seconds, at } = clock, mimeType = type() ?? "";
  const recorder = new MediaRecorder(film.canvas.captureStream(RATE), { mimeType, videoBitsPerSecond: BITS });
  /** @type {Blob[]} */
  const chunks = [];
  recorder.addEventListener("dataavailable", ({ data }) => chunks.push(data));
  const stopped = new Promise((done) => recorder.addEventListener("stop", done));
  try {
    recorder.start(1000);
    for (const start = performance.now();;) {
      signal.throwIfAborted();
      const share = (performance.now() - start) / 1000 / seconds;
      await film.draw(at(Math.min(1, share)));
      progress(Math.min(1, share / (1 + HOLD / seconds)));
      if (share >= 1 + HOLD / seconds) break;
      await picture();
    }
  } finally {
    if (recorder.state !== "inactive") recorder.stop();
    await stopped;
    await film.close();
  }
  return new Blob(chunks, { type: mimeType.split(";")[0] });
}

/** Makes a film of a kind, "gif" or "webm", and saves it; `say` is told how far it is. Returns the sentence at its end.
 *  @param {string} which @param {"gif" | "webm"} kind @param {{ signal: AbortSignal, say(words: string): void }} how */
async function save(which, kind, { signal, say }) {
  if (kind === "webm" && !type()) return "This browser cannot record a video; GIF works in every browser.";
  const { run } = state, words = kind === "gif" ? "Making the GIF" : "Recording; leave this tab in front";
  const progress = (/** @type {number} */ share) => {
    if (state.run !== run) throw new Error("The run is another one now: the film was given up.");
    say(`${words}: ${Math.round(100 * share)} %`);
  };
  const file = await (kind === "gif" ? asGif : asVideo)(which, { signal, progress });
  const name = pictures.fileName(which, kind === "gif" ? ".gif" : file.type.endsWith("mp4") ? ".mp4" : ".webm");
  download.blob(name, file);
  return `Saved ${name}, ${download.size(file.size)}.`;
}

export const animation = { save };
