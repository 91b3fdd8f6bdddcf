// The marks of what is known before a method has run: the start, the minimum, further minima. Knows their looks and a run's list of
// them; where on the picture they lie is told by who calls.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const SAME = 1e-6;   // of a parameter's size: values this close to each other are one
  const AS_LOW = 1e-6; // of the floor: minima this close to it are the lowest, too

  const lists = new WeakMap();
  /** [{at: parameters, lowest: whether none is known to be lower}] of a run. */
  function minimaOf(run) {
    if (!lists.has(run)) lists.set(run, found(run));
    return lists.get(run);
  }
  function found(run) {
    const known = run.minima?.length ? run.minima : run.optimum ? [run.optimum] : [];
    const values = known.map((at) => (known.length > 1 ? lab.models.loss(run, at) : 0)), floor = Math.min(...values);
    return known.map((at, i) => ({ at, lowest: values[i] <= floor + AS_LOW * (1 + Math.abs(floor)) }));
  }

  /** Whether the true values are not the optimum: by more than a share of a parameter's own size or way, whatever its unit. */
  function apart({ true: values, optimum, start }) {
    return Boolean(values?.some((value, i) => {
      const own = Math.max(Math.abs(value), Math.abs(optimum?.[i] ?? 0), Math.abs(start[i] - value));
      return !optimum || Math.abs(value - optimum[i]) > SAME * own;
    }));
  }

  /** A ring and cross at a lowest minimum, smaller and softer at another. */
  function minimum(ctx, x, y, lowest = true) {
    const zoom = lab.colours.zoom(), colours = lab.colours.now(), [ring, arm] = lowest ? [6 * zoom, 9 * zoom] : [4 * zoom, 6 * zoom];
    Object.assign(ctx, { strokeStyle: lowest ? colours.ink : colours.soft, lineWidth: (lowest ? 1.4 : 1.1) * zoom });
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.arc(x, y, ring, 0, 2 * Math.PI);
    ctx.moveTo(x - arm, y); ctx.lineTo(x + arm, y);
    ctx.moveTo(x, y - arm); ctx.lineTo(x, y + arm);
    ctx.stroke();
  }

  /** A small hollow ring where all methods start. */
  function start(ctx, x, y) {
    const zoom = lab.colours.zoom(), { ink, paper } = lab.colours.now();
    ctx.setLineDash([]);
    for (const [colour, width] of [[paper, 4], [ink, 1.4]]) {
      Object.assign(ctx, { strokeStyle: colour, lineWidth: width * zoom });
      ctx.beginPath();
      ctx.arc(x, y, 3.6 * zoom, 0, 2 * Math.PI);
      ctx.stroke();
    }
  }

  lab.places = { minimaOf, apart, minimum, start };
})();
