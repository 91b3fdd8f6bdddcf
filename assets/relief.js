// The loss over two parameters in three dimensions: surface, box, paths and heads, painted far to near on a 2-D canvas.
// Knows camera, terrain and paths; what a hand does to the camera is in turning.js.
"use strict";
(() => {
  const lab = (window.lab ??= {});
  const { PI } = Math;
  const FUTURE = 0.3, TRAIL = 0.85;
  const HIDDEN = 0.22;      // of a path's strength, behind a ridge
  const LOST = 0.35;
  const SHADES = 40, LEVELS = 48;
  const COARSE = 2;         // cells of the grid that are painted as one while the camera moves
  const TOLERANCE = 0.02;   // a point this far below the horizon still counts as seen: cells are flat, the surface is not
  const OVER = 0.6;         // px that cells and level lines reach over their edges, so that no seam shows between them
  const NEAREST = 0.6;      // px between two points of a path that are drawn apart
  const MOVING = 3;         // the same while the camera moves: a trembling path has thousands within a few
  const view = { turn: 0, tilt: 0, turning: false };
  const RESTING = { tilt: (38 * PI) / 180, off: (27 * PI) / 180 };

  const shown = ({ run, relief }) => run.isSurface || Boolean(relief && offered(run));
  const height = (run) => (run.isSurface ? "value" : "loss");
  const offered = (run) => run.parameters.length === 2;

  // ---- what is looked at -------------------------------------------------------------------------------------------

  const grounds = new WeakMap(); // run -> Map of ranges -> terrain
  let latest = null;             // the last terrain, which a run of the same problem shares

  const problem = (run) => JSON.stringify([run.kind, run.model, run.curve, run.data]);

  /** The box stands on what Landscape shows. */
  function ranges(state) {
    const { run } = state, board = lab.stage.boards.get("landscape"), f = board.zoomed && lab.axes.frame(board.graph);
    return f ? [f.xRange, f.yRange] : state.close ? run.axes.close : run.axes.landscape;
  }

  function terrain(state) {
    const { run } = state, over = ranges(state), key = JSON.stringify(over);
    const known = grounds.get(run);
    if (known?.key === key) return known.terrain;
    const same = problem(run);
    if (latest?.same !== same || latest.key !== key) latest = { same, key, terrain: lab.terrain.of(run, over) };
    grounds.set(run, { key, terrain: latest.terrain });
    return latest.terrain;
  }

  const paths = new WeakMap(); // run -> {terrain, list}
  function draped(run, ground) {
    if (paths.get(run)?.ground !== ground) paths.set(run, { ground, list: run.contestants.map((_, c) => lab.draped.path(run, c, ground)) });
    return paths.get(run).list;
  }

  const raised = ({ heights, rise }) => heights.map((h) => (2 * h - 1) * rise);

  /** The turn, of eight, from which one sees most of the surface, and start and minima on it. */
  function clearest(run, ground) {
    const upright = raised(ground), { side } = ground, frame = { left: 0, right: 1, top: 0, bottom: 1 };
    const places = [run.start, ...lab.places.minimaOf(run).map(({ at }) => at)].map(([a, b]) => lab.draped.place(ground, a, b)).filter(Boolean);
    const score = (turn) => {
      const horizon = lab.projection.horizon(upright, side, lab.projection.camera({ turn, tilt: RESTING.tilt }, ground.rise, frame).eye);
      let seen = 0;
      for (let k = 0; k < horizon.length; k++) if (upright[k] >= horizon[k] - TOLERANCE) seen += 1;
      const clear = places.filter(([x, y, z]) => z >= lab.projection.between(horizon.map((h) => Math.max(h, -9)), side, x, y) - TOLERANCE);
      return seen / horizon.length + clear.length / Math.max(1, places.length);
    };
    const turns = Array.from({ length: 8 }, (_, i) => -PI / 2 + (i >> 1) * (PI / 2) + (i & 1 ? -1 : 1) * RESTING.off);
    const scores = turns.map(score), best = Math.max(...scores);
    return turns[scores.findIndex((one) => one > best - 0.02)];
  }

  let framed = ""; // the problem that the camera was last set for
  function rest(state, { anew = false } = {}) {
    const name = `${state.run.kind} ${state.run.model}`;
    if (framed === name && !anew) return;
    framed = name;
    Object.assign(view, { turn: clearest(state.run, terrain(state)), tilt: RESTING.tilt });
  }

  // ---- the camera and all that depends on it -----------------------------------------------------------------------

  let scene = null; // {key, camera, canvas, seen}

  function box(graph) {
    const { width, height } = graph.getBoundingClientRect(), text = lab.colours.text();
    return { left: 3.6 * text, right: width - 1.8 * text, top: 0.7 * text, bottom: height - 1.7 * text, width, height };
  }

  function prepare(graph, state) {
    rest(state);
    const ground = terrain(state), frame = box(graph), scheme = `${lab.colours.scheme()} ${lab.colours.size()} ${lab.stage.density()}`;
    const key = `${view.turn} ${view.tilt} ${frame.width} ${frame.height} ${scheme} ${view.turning}`;
    if (scene?.key === key && scene.ground === ground) return scene;
    const camera = lab.projection.camera(view, ground.rise, frame), upright = raised(ground);
    const horizon = lab.projection.horizon(upright, ground.side, camera.eye);
    for (let k = 0; k < horizon.length; k++) horizon[k] = Math.max(horizon[k], -9); // numbers to reckon with
    scene = { key, ground, frame, camera, upright, canvas: scene?.canvas ?? document.createElement("canvas"), placed: new WeakMap(), seen: (x, y, z) => z >= lab.projection.between(horizon, ground.side, x, y) - TOLERANCE };
    scene.painted = false;
    return scene;
  }

  /** A path's points in pixels, and which of them are seen. */
  function placed(path) {
    const { camera, seen, placed: known } = scene;
    if (known.has(path)) return known.get(path);
    const { xyz } = path, n = xyz.length / 3, px = new Float32Array(n), py = new Float32Array(n), open = new Uint8Array(n);
    for (let k = 0; k < n; k++) {
      const [x, y, z] = [xyz[3 * k], xyz[3 * k + 1], xyz[3 * k + 2]];
      [px[k], py[k]] = camera.place(x, y, z);
      open[k] = seen(x, y, z) ? 1 : 0;
    }
    const result = { px, py, open };
    known.set(path, result);
    return result;
  }

  // ---- what stands still -------------------------------------------------------------------------------------------

  const channels = (colour) => colour.match(/[0-9a-f]{2}/gi).map((two) => parseInt(two, 16));
  const mix = (from, to, share) => from.map((v, i) => v + share * (to[i] - v));

  const palettes = new Map(); // scheme -> colours
  /** Opaque colours [level][shade]: the landscape's hue, deepest at the lowest level; lit from the upper left of the picture. */
  function palette() {
    if (palettes.has(lab.colours.scheme())) return palettes.get(lab.colours.scheme());
    const { paper, hue } = lab.colours.now(), dark = lab.colours.scheme() === "dark";
    const ground = channels(paper), tone = hue.split(",").map(Number), shadow = dark ? [6, 9, 14] : mix(tone, [10, 20, 40], 0.55), light = dark ? tone : [255, 255, 255];
    const made = Array.from({ length: LEVELS }, (_, l) => Array.from({ length: SHADES }, (_, s) => {
      const flat = mix(ground, tone, (dark ? 0.62 : 0.56) - (dark ? 0.44 : 0.44) * (l / (LEVELS - 1)));
      const lit = (2 * s) / (SHADES - 1) - 1; // -1 turned away from the light, 1 towards it
      const [r, g, b] = mix(flat, lit < 0 ? shadow : light, lit < 0 ? -lit * (dark ? 0.5 : 0.42) : lit * (dark ? 0.25 : 0.5)).map(Math.round);
      return `rgb(${r}, ${g}, ${b})`;
    }));
    palettes.set(lab.colours.scheme(), made);
    return made;
  }

  /** Box and surface: from a picture of them, or while the camera moves straight away and coarser. */
  function still(ctx, scene) {
    if (view.turning) return both(ctx, scene, COARSE);
    if (!scene.painted) keep(scene);
    ctx.drawImage(scene.canvas, 0, 0, scene.frame.width, scene.frame.height);
  }

  function both(ctx, scene, stride) {
    ctx.save();
    lab.box.paint(ctx, scene);
    surface(ctx, scene, stride);
    ctx.restore();
  }

  function keep(scene) {
    const { canvas, frame } = scene, per = lab.stage.density(), [width, height] = [frame.width, frame.height].map((v) => Math.round(v * per));
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const ctx = canvas.getContext("2d");
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, width, height);
    ctx.setTransform(per, 0, 0, per, 0, 0);
    both(ctx, scene, 1);
    scene.painted = true;
  }

  function surface(ctx, { ground, camera, upright }, stride) {
    const { side, heights, levels } = ground, colours = palette(), n = side * side, cell = 2 / (side - 1), cells = (side - 1) / stride;
    const px = new Float32Array(n), py = new Float32Array(n);
    for (let j = 0; j < side; j += stride) {
      for (let i = 0, k = j * side; i < side; i += stride, k += stride) [px[k], py[k]] = camera.place(i * cell - 1, j * cell - 1, upright[k]);
    }
    const lamp = [0, 1, 2].map((i) => -0.55 * camera.right[i] + 0.45 * camera.up[i] + 0.7 * camera.towards[i]), bright = Math.hypot(...lamp);
    const ink = `rgba(${lab.colours.now().hue}, ${lab.colours.scheme() === "dark" ? 0.75 : 0.8})`;
    Object.assign(ctx, { lineWidth: 0.8 * lab.colours.zoom(), strokeStyle: ink, lineCap: "round" });
    ctx.setLineDash([]);
    let colour = "";
    const [columns, rows] = [lab.projection.farFirst(cells, camera.eye[0]), lab.projection.farFirst(cells, camera.eye[1])], wide = 2 * cell * stride;
    for (const j of rows) {
      for (const i of columns) {
        const k = (j * side + i) * stride, l = k + stride, o = k + side * stride, m = o + stride;
        const mean = (heights[k] + heights[l] + heights[m] + heights[o]) / 4;
        if (!Number.isFinite(mean)) continue;
        const sx = (upright[l] + upright[m] - upright[k] - upright[o]) / wide, sy = (upright[o] + upright[m] - upright[k] - upright[l]) / wide;
        const lit = (lamp[2] - sx * lamp[0] - sy * lamp[1]) / (bright * Math.hypot(sx, sy, 1));
        const next = colours[Math.round(mean * (LEVELS - 1))][Math.max(0, Math.min(SHADES - 1, Math.round(((lit * 1.15 - 0.55) * 0.9 + 0.5) * (SHADES - 1))))];
        if (next !== colour) ctx.fillStyle = colour = next;
        const cx = (px[k] + px[l] + px[m] + px[o]) / 4, cy = (py[k] + py[l] + py[m] + py[o]) / 4;
        const out = (q) => {
          const dx = px[q] - cx, dy = py[q] - cy, grown = 1 + OVER / Math.max(OVER, Math.hypot(dx, dy));
          ctx.lineTo(cx + dx * grown, cy + dy * grown);
        };
        ctx.beginPath();
        out(k); out(l); out(m); out(o);
        ctx.fill();
        contour(ctx, heights, px, py, levels, k, l, m, o);
      }
    }
  }

  /** The level lines in one cell. */
  function contour(ctx, heights, px, py, levels, ...corners) {
    let low = Infinity, high = -Infinity;
    for (const q of corners) { low = Math.min(low, heights[q]); high = Math.max(high, heights[q]); }
    for (const { height } of levels) {
      if (height <= low || height > high) continue;
      const ends = [];
      for (let e = 0; e < 4; e++) {
        const p = corners[e], q = corners[(e + 1) % 4], above = heights[p] >= height;
        if (above === heights[q] >= height) continue;
        const t = (height - heights[p]) / (heights[q] - heights[p]), x = px[p] + t * (px[q] - px[p]), y = py[p] + t * (py[q] - py[p]);
        ends.push(x, y);
      }
      ctx.beginPath();
      for (let n = 0; n < ends.length; n += 4) {
        const [x, y, u, v] = ends.slice(n, n + 4), grown = OVER / Math.max(OVER, Math.hypot(u - x, v - y));
        ctx.moveTo(x - (u - x) * grown, y - (v - y) * grown);
        ctx.lineTo(u + (u - x) * grown, v + (v - y) * grown);
      }
      ctx.stroke();
    }
  }

  // ---- what moves --------------------------------------------------------------------------------------------------

  /** Points `from` to `to` of a path: seen in full, behind a ridge faintly. */
  function stroke(ctx, path, from, to) {
    const { px, py, open } = placed(path), alpha = ctx.globalAlpha, apart = view.turning ? MOVING : NEAREST;
    for (const wanted of [0, 1]) {
      ctx.globalAlpha = alpha * (wanted ? 1 : HIDDEN);
      ctx.beginPath();
      let pen = false, x = 0, y = 0;
      for (let k = Math.max(1, from); k < to; k++) {
        if (open[k] !== wanted || !(px[k] === px[k]) || !(px[k - 1] === px[k - 1])) { if (pen) ctx.lineTo(x, y); pen = false; continue; }
        if (!pen) ctx.moveTo(px[k - 1], py[k - 1]);
        if (!pen || Math.abs(px[k] - x) + Math.abs(py[k] - y) > apart) { ctx.lineTo(px[k], py[k]); x = px[k]; y = py[k]; }
        pen = true;
      }
      ctx.stroke();
    }
    ctx.globalAlpha = alpha;
  }

  const drawn = (run, state) => lab.curves.order(run.contestants.map((_, c) => ({ c })), state);

  function pen(ctx, c, state) {
    const style = lab.colours.contestant(c);
    Object.assign(ctx, { strokeStyle: style.colour, lineWidth: Math.max(2 * lab.colours.zoom(), style.width * 0.7), lineJoin: view.turning ? "bevel" : "round", lineCap: "round", globalAlpha: lab.curves.strength(c, state) });
    if (state.run.contestants[c].diverged) ctx.globalAlpha *= LOST;
    ctx.setLineDash([]);
  }

  const between = (path, from, to) => [from > 0 ? path.ends[from] : 0, path.ends[to]];

  function whole(ctx, graph, run, state, dress) {
    const { ground } = prepare(graph, state), list = draped(run, ground);
    for (const { c } of drawn(run, state)) {
      dress(ctx, c, state);
      stroke(ctx, list[c], ...between(list[c], 0, run.drawn - 1));
    }
  }

  /** The whole paths, once a run and view: what is still to come, faint. */
  function layer(ctx, graph, run, _, state) {
    if (state.playing || view.turning) return; // what is to come waits until the camera rests
    ctx.save();
    whole(ctx, graph, run, state, pen);
    ctx.restore();
  }

  function ghost(ctx, graph, run, _, state) {
    ctx.save();
    const seen = run.pin === undefined ? state : { ...lab.stage.state, hidden: new Set() }; // a pin lies on the present ground
    whole(ctx, graph, run, seen, (pencil) => lab.pins.pen(pencil, run));
    ctx.restore();
  }

  /** The trail so far, on a layer of its own: going on adds pieces, going back draws it anew. */
  function extend(trail, list, run, state) {
    const row = run.row(state.step);
    if (trail.row > row) { lab.stage.wipe(trail); trail.row = 0; }
    if (trail.row === row) return;
    const { ctx } = trail;
    ctx.save();
    for (const { c } of drawn(run, state)) { pen(ctx, c, state); stroke(ctx, list[c], ...between(list[c], trail.row, row)); }
    ctx.restore();
    trail.row = row;
  }

  function paint(ctx, graph, state, layers) {
    const { run } = state, scene = prepare(graph, state), { ground, camera, seen, frame } = scene, list = draped(run, ground);
    const per = lab.stage.density(), blit = (picture, alpha) => {
      ctx.globalAlpha = alpha;
      ctx.drawImage(picture, 0, 0, picture.width / per, picture.height / per);
      ctx.globalAlpha = 1;
    };
    extend(layers.trail, list, run, state);
    ctx.save();
    still(ctx, scene);
    if (state.ghost || lab.pins.any) blit(layers.ghost, 1);
    if (!state.playing) blit(layers.curves, FUTURE);
    blit(layers.trail.canvas, TRAIL);
    known(ctx, run, state, scene);
    const row = run.row(state.step), from = run.row(Math.max(0, state.step - run.tail)), heads = [];
    ctx.save();
    for (const { c } of drawn(run, state)) { pen(ctx, c, state); stroke(ctx, list[c], ...between(list[c], from, row)); }
    ctx.restore();
    for (const { c } of drawn(run, state)) snapshots(ctx, run, c, state, scene);
    for (const { c } of drawn(run, state)) {
      const [a, b] = [run.exact[c]["params 0"][row], run.exact[c]["params 1"][row]], at = !run.gone(c, state.step) && lab.draped.place(ground, a, b);
      if (!at) continue;
      const [x, y] = camera.place(...at), strong = lab.curves.strength(c, state) === 1;
      ctx.globalAlpha = (strong ? 1 : 0.35) * (seen(...at) ? 1 : 0.45);
      lab.marks.symbol(ctx, lab.colours.contestant(c), x, y, 4.5);
      ctx.globalAlpha = 1;
      if (strong) heads.push({ x, y, text: run.contestants[c].label, value: `${a} ${b}` });
    }
    if (state.ghost) lab.marks.text(ctx, "grey: before the change", 8, frame.height - 0.8 * lab.colours.text(), { colour: lab.colours.now().soft });
    lab.marks.labels(ctx, heads, { left: 4, right: frame.width - 4, top: 4, bottom: frame.height - 4 });
    ctx.restore();
  }

  /** Hollow diamonds where a cycle of the schedule has ended. */
  function snapshots(ctx, run, c, state, { ground, camera, seen }) {
    const { snapshots: marks } = run.contestants[c];
    for (const [step] of marks) {
      if (step > state.step && state.playing) continue;
      const row = run.row(step), at = lab.draped.place(ground, run.exact[c]["params 0"][row], run.exact[c]["params 1"][row]);
      if (!at) continue;
      ctx.globalAlpha = (step > state.step ? FUTURE : 1) * (seen(...at) ? 1 : 0.45) * lab.curves.strength(c, state);
      lab.marks.snapshot(ctx, lab.colours.contestant(c), ...camera.place(...at).slice(0, 2), marks.length);
    }
    ctx.globalAlpha = 1;
  }

  /** The start, the minimum and other known minima. */
  function known(ctx, run, state, { ground, camera, seen }) {
    const mark = (draw, [a, b], ...more) => {
      const at = lab.draped.place(ground, a, b);
      if (!at) return;
      ctx.globalAlpha = seen(...at) ? 1 : 0.4;
      draw(ctx, ...camera.place(...at).slice(0, 2), ...more);
      ctx.globalAlpha = 1;
    };
    mark(lab.places.start, run.start);
    for (const { at, lowest: least } of lab.places.minimaOf(run)) mark(lab.places.minimum, at, least);
  }

  // ---- the panel it takes the place of -----------------------------------------------------------------------------

  /** Turn the camera by so many radians, or back to where it rested. */
  let turned = false; // nobody needs to be told how any more
  function turn(right, up, turning = false) {
    turned = true;
    Object.assign(view, { turn: view.turn + right, tilt: Math.max(0.1, Math.min(PI / 2 - 0.01, view.tilt + up)), turning });
    redraw();
  }
  function reset() {
    rest(lab.stage.state, { anew: true });
    redraw();
  }
  function rested() {
    if (!view.turning) return;
    view.turning = false;
    redraw();
  }
  function redraw() {
    lab.stage.boards.get("fit").dirty = true;
    lab.stage.request();
  }

  lab.relief = { shown, offered, height, layer, ghost, paint, turn, reset, rested, terrain, says: (state) => terrain(state).says + (turned ? "" : "; drag turns it"), get view() { return { ...view }; } };
})();
