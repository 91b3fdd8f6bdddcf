// The player: all of the page that needs no server. It is the offline page's whole program. Knows the rooms up to player/.
import { emit, on } from "./base/events.js";
import { format } from "./base/format.js";
import { download } from "./base/download.js";
import { server } from "./base/server.js";
import { decoding } from "./run/decode.js";
import { expression } from "./run/expression.js";
import { losses, minima } from "./run/loss.js";
import { slices } from "./run/slices.js";
import { bring } from "./state/coming.js";
import { pins } from "./state/pins.js";
import { onView } from "./state/on_view.js";
import { change, draw, seek, state } from "./state/state.js";
import { theory } from "./panels/parts/predictions.js";
import { axes } from "./plot/axes.js";
import { boards } from "./plot/boards.js";
import { canvases } from "./plot/canvas.js";
import { marks } from "./plot/marks.js";
import { theme } from "./plot/theme.js";
import { PANELS } from "./panels/index.js";
import { relief } from "./panels/landscape.js";
import { stage } from "./player/stage.js";
import "./player/actions.js";
import { clock } from "./player/clock.js";
import "./player/folding.js";
import "./player/grid.js";
import "./player/story.js";
import "./player/keyboard.js";
import { paper } from "./player/paper.js";
import "./player/ticks.js";
import { readout } from "./player/readout.js";
import "./player/title.js";
import "./state/still.js";
import { viewParams } from "./player/view_params.js";

on("boards", () => {
  const all = [import("./base/hint.js"), import("./player/corner.js"), import("./player/regions.js")];
  if (navigator.maxTouchPoints) all.push(import("./player/touch.js"));
  bring("hands", () => Promise.all(all), false);
});

/** For the console, for tests, and for the start of the offline page (components/offline/start.js). */
window.lab = {
  axes,
  boards,
  canvases,
  change,
  clock,
  decoding,
  download,
  draw,
  emit,
  expression,
  format,
  losses,
  marks,
  minima,
  onView,
  panels: PANELS,
  paper,
  pins,
  readout,
  seek,
  server,
  slices,
  stage,
  state,
  get surfaceView() {
    return relief.view;
  },
  theme,
  theory,
  viewParams,
};
