// Canvases: how many pixels they have for each of the page's, and what every painter does to one. Knows no panel.
let sharpness = null;

const density = () => sharpness ?? Math.max(1, window.devicePixelRatio || 1);

/** Do `work` at `per` pixels for each of the page's, as a picture of the panels is made. */
function sharpened(per, work) {
  sharpness = per;
  try {
    return work();
  } finally {
    sharpness = null;
  }
}

/** A canvas to paint once and show often: {canvas, ctx, row}, `row` being how far it is painted. */
function layer() {
  const canvas = document.createElement("canvas");
  return { canvas, ctx: canvas.getContext("2d"), row: 0 };
}

function wipe({ canvas, ctx }) {
  const per = density();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, canvas.width, canvas.height);
  ctx.setTransform(per, 0, 0, per, 0, 0);
}

/** Draw one canvas upon another of the same size, where they lie alike. */
function blit(ctx, canvas, alpha = 1) {
  ctx.globalAlpha = alpha;
  ctx.drawImage(canvas, 0, 0, canvas.width / density(), canvas.height / density());
  ctx.globalAlpha = 1;
}

/** So many pixels for each of the page's from now on; null: as many as the screen has. */
const sharpen = (per) => {
  sharpness = per;
};

export const canvases = { density, sharpen, sharpened, layer, wipe, blit };
