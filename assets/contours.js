// The loss over two parameters as level lines at 1, 3, 10, 30, ... for whatever range is on view. Knows the loss; not Plotly.
//
// Plotly spaces its contour levels evenly, so the surface is handed over as "which level": a monotone function of the loss that is
// 0 at the first level, 1 at the second, and linear in log(loss) between; every line then lies where its label says.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const SIDE = 61;
  const LABEL_ANGLE = Math.PI / 3;
  const HALVINGS = 40;

  /** 1, 3, 10, 30, ... and downwards 0.3, 0.1, ...: the n-th of the sequence. */
  const level = (n) => (n & 1 ? 3 : 1) * 10 ** Math.floor(n / 2);

  /** Where a loss lies in the sequence, as a fractional n. */
  function place(loss) {
    if (!(loss > 0)) return -600;
    const decade = Math.floor(Math.log10(loss)), n = 2 * decade + (loss >= 3 * 10 ** decade ? 1 : 0);
    return n + Math.log(loss / level(n)) / Math.log(level(n + 1) / level(n));
  }

  const spread = ([from, to]) => Array.from({ length: SIDE }, (_, i) => from + (i / (SIDE - 1)) * (to - from));

  /** {x, y, z, levels, labels} over the ranges of the first two parameters; any others stand at the optimum. */
  function grid(run, xRange, yRange) {
    const x = spread(xRange), y = spread(yRange), others = run.optimum.slice(2);
    const at = (a, b) => place(lab.models.loss(run, [a, b, ...others]));
    const z = y.map((b) => x.map((a) => at(a, b)));
    // A line that surrounds fewer than three cells of the grid would have no shape.
    const [a, b] = run.optimum, cell = [x[1] - x[0], y[1] - y[0]];
    const least = Math.max(Math.min(at(a + 1.5 * cell[0], b), at(a, b + 1.5 * cell[1])), Math.min(...z.flat()));
    const first = Math.ceil(least), last = Math.floor(Math.max(...z.flat()));
    const levels = Array.from({ length: Math.max(1, last - first + 1) }, (_, i) => level(first + i));
    return { x, y, z: z.map((row) => row.map((n) => Math.max(-1, n - first))), levels, labels: labels(run, at, first, levels, xRange, yRange) };
  }

  /** The point of each level's line on one ray from the optimum, or none where the line leaves the picture. */
  function labels(run, at, first, levels, xRange, yRange) {
    const [a, b] = run.optimum, half = [xRange, yRange].map(([low, high]) => (high - low) / 2);
    const point = (t) => [a + t * half[0] * Math.cos(LABEL_ANGLE), b + t * half[1] * Math.sin(LABEL_ANGLE)];
    return levels.flatMap((value, i) => {
      let near = 0, far = 1;
      if (at(...point(far)) < first + i || at(...point(near)) > first + i) return [];
      for (let k = 0; k < HALVINGS; k++) {
        const middle = (near + far) / 2;
        if (at(...point(middle)) < first + i) near = middle; else far = middle;
      }
      return [{ at: point(far), value }];
    });
  }

  lab.contours = { grid, level, place };
})();
