// Curves against the step: drawn once to a layer, then revealed by the cursor. Knows runs, frames and a list of strips;
// not which panel it serves.
//
// A strip is {axis, curves: [{c, name, scale, exact}], lines: [{value, text, left, below}]}: a curve is series `name` of contestant c times
// scale, `exact` where it is never summarised.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const EVERY_STEP = 200;  // with more steps than this on view, an epoch's median and extremes are drawn instead
  const FEW = 4;
  const DIM = 0.18;
  const MOST_RESTARTS = 40; // more dotted lines would be a hatching
  const FUTURE = 0.25;
  const SNAPPED = /^(loss|excess|params)/; // the series on which snapshots are marked

  /** Many steps on view, of epochs that hold enough of them for a median to be shorter. */
  const summarised = ([from, to], run) => to - from > EVERY_STEP && run.edges[1] > FEW;
  const inside = (f, v) => (f.yLog && v <= 0 ? f.bottom + 1e4 : Math.max(-1e5, Math.min(1e5, f.y(v))));

  function trace(ctx, points) {
    ctx.beginPath();
    let open = false;
    for (const [x, y] of points) {
      if (!Number.isFinite(y)) { open = false; continue; }
      if (open) ctx.lineTo(x, y); else ctx.moveTo(x, y);
      open = true;
    }
    ctx.stroke();
  }

  /** Points (px) of a curve on view: every display step, or an epoch's middle. */
  function points(run, f, curve, range, unit, name = "middle") {
    const { c, scale = 1 } = curve;
    const values = run.exact[c][curve.name];
    const list = [];
    if (curve.exact || !summarised(range, run)) {
      const last = Math.min(run.row(range[1]), run.row(run.lastOf(c)) - 1);
      for (let i = Math.max(0, run.row(range[0]) - 1); i <= Math.min(run.drawn - 1, last + 1); i++) {
        list.push([f.x(run.stepOf(i) / unit), inside(f, values[i] * scale)]);
      }
      return list;
    }
    const bins = run.summary[c][curve.name][name], { edges } = run;
    if (name === "middle" && Number.isFinite(values[0])) list.push([f.x(0), inside(f, values[0] * scale)]);
    for (let b = 0; b < run.bins; b++) {
      if (edges[b] >= run.lastOf(c)) break;
      if (edges[b + 1] < range[0] - (edges[1] - edges[0]) || edges[b] > range[1] + (edges[1] - edges[0])) continue;
      list.push([f.x((edges[b] + edges[b + 1] + 1) / 2 / unit), inside(f, bins[b] * scale)]);
    }
    if (list.length && !(name === "middle" && Number.isFinite(values[0]))) list.unshift([f.x(edges[0] / unit), list[0][1]]);
    const end = list.at(-1);
    if (end && run.bins) list.push([f.x(Math.min(run.lastOf(c), run.steps) / unit), end[1]]);
    return list;
  }

  function band(ctx, run, f, curve, range, unit) {
    let low = points(run, f, curve, range, unit, "low"), high = points(run, f, curve, range, unit, "high");
    if ((curve.scale ?? 1) < 0) [low, high] = [high, low];
    const kept = low.map((_, i) => i).filter((i) => Number.isFinite(low[i][1]) && Number.isFinite(high[i][1]));
    if (kept.length === 0) return;
    ctx.beginPath();
    const first = run.exact[curve.c][curve.name]?.[0];
    if (Number.isFinite(first) && range[0] === 0) for (const bound of [low, high]) bound[0] = [f.x(0), inside(f, first * (curve.scale ?? 1))];
    kept.forEach((i) => ctx.lineTo(...high[i]));
    kept.toReversed().forEach((i) => ctx.lineTo(...low[i]));
    ctx.closePath();
    ctx.fill();
  }

  /** How much a line tells, in words. */
  function says({ range, run }) {
    const size = run.edges[1], epochs = size / run.stepsPerEpoch;
    const unit = run.isSurface ? "step" : "epoch";
    if (summarised(range, run)) return `${epochs > 1 ? `${lab.numbers.count(epochs)}-${unit}` : unit} median, range`;
    return run.stride > 1 ? `every ${lab.numbers.ordinal(run.stride)} step` : "every step";
  }

  const strength = (c, state) => (state.forward === null || state.forward === c ? 1 : DIM);
  /** Contestants in drawing order: the one brought forward last. */
  const order = (curves, state) => curves.filter(({ c }) => !state.hidden.has(c))
    .toSorted((a, b) => (a.c === state.forward) - (b.c === state.forward));

  /** Everything of a run that does not move, on the panel's layer. */
  function layer(ctx, graph, run, strips, state) {
    const unit = lab.stage.unit(run);
    for (const strip of strips) {
      const f = lab.axes.frame(graph, strip.axis);
      if (!f) continue;
      ctx.save();
      lab.marks.clip(ctx, f);
      const curves = order(strip.curves, state);
      if (summarised(state.range, run)) {
        for (const curve of curves.filter((one) => !one.exact)) {
          ctx.fillStyle = lab.colours.contestant(curve.c).colour;
          ctx.globalAlpha = 0.22 * strength(curve.c, state);
          band(ctx, run, f, curve, state.range, unit);
        }
      }
      for (const curve of curves) {
        const style = lab.colours.contestant(curve.c);
        Object.assign(ctx, { strokeStyle: style.colour, lineWidth: style.width, lineJoin: "round", globalAlpha: strength(curve.c, state) });
        ctx.setLineDash(style.dash);
        trace(ctx, points(run, f, curve, state.range, unit));
      }
      ctx.restore();
    }
  }

  /** The run from before the move, thin and grey, or a pin; where the page counts epochs, epoch upon epoch. */
  function ghost(ctx, graph, run, strips, state) {
    const unit = lab.stage.unit(run), exact = !summarised(state.range, run), range = [0, Math.max(run.steps, EVERY_STEP + 1)];
    for (const strip of strips) {
      const f = lab.axes.frame(graph, strip.axis);
      if (!f) continue;
      ctx.save();
      lab.marks.clip(ctx, f);
      lab.pins.pen(ctx, run);
      for (const curve of order(strip.curves, state)) trace(ctx, points(run, f, exact ? { ...curve, exact } : curve, range, unit));
      ctx.restore();
    }
  }

  function level(ctx, f, { value }) {
    const y = inside(f, value);
    if (y < f.top || y > f.bottom) return;
    const { reference } = lab.colours.now();
    Object.assign(ctx, { strokeStyle: reference, lineWidth: lab.colours.zoom() });
    ctx.setLineDash([1.5, 3]);
    ctx.beginPath();
    ctx.moveTo(f.left, y);
    ctx.lineTo(f.right, y);
    ctx.stroke();
  }

  function caption(ctx, f, { value, text, left = false, below = false }) {
    const y = inside(f, value);
    if (text && y >= f.top && y <= f.bottom) lab.marks.text(ctx, text, left ? f.left + 6 : f.right - 14, below ? y + 2 : y - 1, { align: left ? "left" : "right", base: below ? "top" : "bottom", colour: lab.colours.now().soft });
  }

  /** One picture: future and past of the layer, restarts, cursor, heads. */
  function paint(ctx, graph, run, strips, state, layers, { labelled = false } = {}) {
    const unit = lab.stage.unit(run);
    const f = lab.axes.frame(graph, strips[0].axis);
    if (!f) return;
    const bottom = Math.max(...strips.map((s) => lab.axes.frame(graph, s.axis)?.bottom ?? 0));
    const whole = { ...f, bottom };
    const cursor = f.x(state.step / unit);
    const blit = (canvas, alpha, from, to) => {
      if (!canvas || to <= from) return;
      ctx.save();
      lab.marks.clip(ctx, whole, from, to);
      ctx.globalAlpha = alpha;
      ctx.drawImage(canvas, 0, 0, canvas.width / lab.stage.density(), canvas.height / lab.stage.density());
      ctx.restore();
    };
    for (const strip of strips) {
      const frame = lab.axes.frame(graph, strip.axis);
      if (frame) for (const line of strip.lines ?? []) level(ctx, frame, line);
    }
    restarts(ctx, run, whole, state, unit);
    if (state.ghost || lab.pins.any) blit(layers.ghost, 1, whole.left, whole.right);
    if (state.ahead) blit(layers.curves, FUTURE, Math.max(cursor, whole.left), whole.right);
    blit(layers.curves, 1, whole.left, Math.min(cursor, whole.right));
    for (const strip of strips) {
      const frame = lab.axes.frame(graph, strip.axis);
      if (frame) for (const line of strip.lines ?? []) caption(ctx, frame, line);
    }
    for (const strip of strips) snapshots(ctx, graph, run, strip, state, unit);
    losses(ctx, run, whole, state, unit, labelled);
    if (cursor < f.left - 0.5 || cursor > f.right + 0.5) return;
    Object.assign(ctx, { strokeStyle: lab.colours.now().soft, lineWidth: 1 });
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.moveTo(Math.round(cursor) + 0.5, whole.top);
    ctx.lineTo(Math.round(cursor) + 0.5, whole.bottom);
    ctx.stroke();
    for (const strip of strips) heads(ctx, graph, run, strip, state, cursor, labelled);
  }

  /** Hollow diamonds on loss and parameters where a cycle of the schedule has ended. */
  function snapshots(ctx, graph, run, strip, state, unit) {
    const f = lab.axes.frame(graph, strip.axis), [from, to] = state.range;
    if (!f) return;
    for (const { c, name, scale = 1 } of order(strip.curves, state)) {
      if (!SNAPPED.test(name)) continue;
      const steps = run.contestants[c].snapshots.map(([step]) => step).filter((step) => step >= from && step <= to);
      for (const step of steps) {
        const y = Math.min(f.bottom, inside(f, run.exact[c][name][run.row(step)] * scale)); // below the axis: on its edge
        if (y < f.top || (!state.ahead && step > state.step)) continue;
        ctx.globalAlpha = (step > state.step ? FUTURE : 1) * strength(c, state);
        lab.marks.snapshot(ctx, lab.colours.contestant(c), f.x(step / unit), y, steps.length);
      }
    }
    ctx.globalAlpha = 1;
  }

  /** A cross at the upper edge where a method diverged or lost its slope, up to which it is drawn. */
  function losses(ctx, run, f, state, unit, labelled) {
    const marks = [];
    for (const { c } of order(run.contestants.map((_, c) => ({ c })), state)) {
      if (!run.gone(c, state.ahead ? run.steps : state.step)) continue;
      const { at } = run.contestants[c].diverged, x = f.x(at / unit), y = f.top + 9 * lab.colours.zoom();
      if (x < f.left || x > f.right) continue;
      lab.marks.cross(ctx, lab.colours.contestant(c), x, y);
      marks.push({ x, y, text: `${run.contestants[c].label} ${run.endingOf(c)}, step ${lab.numbers.count(at)}`, apart: true });
    }
    if (labelled) lab.marks.labels(ctx, marks, f);
  }

  function restarts(ctx, run, f, state, unit) {
    const steps = new Set(run.contestants.filter((_, c) => !state.hidden.has(c)).flatMap((one) => one.restarts));
    const [from, to] = state.range;
    if ([...steps].filter((k) => k >= from && k <= to).length > MOST_RESTARTS) return;
    Object.assign(ctx, { strokeStyle: lab.colours.now().ghost, lineWidth: 1 });
    ctx.setLineDash([1, 3]);
    ctx.beginPath();
    for (const k of steps) {
      const x = f.x(k / unit);
      if (x < f.left || x > f.right) continue;
      ctx.moveTo(x, f.top);
      ctx.lineTo(x, f.bottom);
    }
    ctx.stroke();
  }

  function heads(ctx, graph, run, strip, state, cursor, labelled) {
    const f = lab.axes.frame(graph, strip.axis);
    if (!f) return;
    const row = run.row(state.step);
    const marks = lab.pins.heads(ctx, graph, strip.axis, cursor);
    for (const { c, name, scale = 1 } of order(strip.curves, state)) {
      const value = run.exact[c][name][row] * scale;
      if (!Number.isFinite(value) || run.gone(c, state.step)) continue;
      const style = lab.colours.contestant(c), y = inside(f, value);
      const beyond = y > f.bottom ? "below" : y < f.top ? "above" : null;
      ctx.save();
      ctx.globalAlpha = strength(c, state) === 1 ? 1 : 0.35;
      if (beyond) {
        lab.marks.arrow(ctx, style, cursor, beyond === "below" ? f.bottom : f.top, beyond === "above");
      } else {
        lab.marks.symbol(ctx, style, cursor, y, 4.5);
      }
      ctx.restore();
      const words = run.contestants[c].label;
      if (labelled && strength(c, state) === 1) marks.push({ x: cursor, y: Math.max(f.top, Math.min(f.bottom, y)), text: beyond ? `${words} ${lab.numbers.short(value, 2)}` : words, value, apart: beyond !== null });
    }
    if (labelled) lab.marks.labels(ctx, marks, f);
  }

  lab.curves = { says, layer, ghost, paint, summarised, strength, order, inside };
})();
