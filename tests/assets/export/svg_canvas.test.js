// A canvas that keeps vectors: what is drawn on it, as the text of an SVG.
import assert from "node:assert/strict";
import { svgCanvas } from "../../../assets/export/svg_canvas.js";

const pencil = (draw) => {
  const canvas = svgCanvas.VECTORS.canvas();
  draw(canvas.getContext("2d"));
  return svgCanvas.inside(canvas);
};

Deno.test("a line has a stroke, a width and no fill", () => {
  const text = pencil((ctx) => {
    Object.assign(ctx, { strokeStyle: "#0072b2", lineWidth: 2.345 });
    ctx.beginPath();
    ctx.moveTo(1, 2);
    ctx.lineTo(3.456, -4);
    ctx.stroke();
  });
  assert.equal(text, '<path d="M1 2L3.46 -4" fill="none" stroke="#0072b2" stroke-width="2.35"/>');
});

Deno.test("the first lineTo of a path moves, and what is not finite is left out", () => {
  const text = pencil((ctx) => {
    ctx.beginPath();
    ctx.lineTo(1, 1);
    ctx.lineTo(NaN, 2);
    ctx.lineTo(3, 3);
    ctx.closePath();
    ctx.fill();
  });
  assert.equal(text, '<path d="M1 1L3 3Z" fill="#000"/>');
});

Deno.test("nothing is drawn of an empty path", () => {
  assert.equal(
    pencil((ctx) => {
      ctx.beginPath();
      ctx.stroke();
      ctx.fill();
    }),
    "",
  );
});

Deno.test("a circle is two arcs", () => {
  const text = pencil((ctx) => {
    ctx.beginPath();
    ctx.arc(10, 20, 5, 0, 2 * Math.PI);
    ctx.fill();
  });
  assert.match(text, /d="M15 20A5 5 0 1 1 5 20A5 5 0 1 1 15 20"/);
});

Deno.test("dashes, joints and caps are those of the pen; restore gives back what save kept", () => {
  const text = pencil((ctx) => {
    ctx.beginPath();
    ctx.lineTo(0, 0);
    ctx.lineTo(1, 0);
    ctx.save();
    Object.assign(ctx, { lineJoin: "round", lineCap: "round", globalAlpha: 0.5 });
    ctx.setLineDash([6, 4]);
    ctx.stroke();
    ctx.restore();
    ctx.stroke();
  });
  const [dashed, plain] = text.match(/<path[^>]*>/g);
  assert.match(
    dashed,
    /stroke-opacity="0.5" stroke-width="1" stroke-linejoin="round" stroke-linecap="round" stroke-dasharray="6 4"/,
  );
  assert.match(plain, /stroke="#000" stroke-width="1"\/>/);
});

Deno.test("a colour's own opacity is an attribute, too", () => {
  const text = pencil((ctx) => {
    Object.assign(ctx, { fillStyle: "rgba(1, 2, 3, 0.5)", globalAlpha: 0.5 });
    ctx.fillRect(1, 2, 3, 4);
  });
  assert.equal(text, '<rect x="1" y="2" width="3" height="4" fill="rgb(1, 2, 3)" fill-opacity="0.25"/>');
});

Deno.test("what is clipped stands in a group, and within a clip the next one is clipped, too", () => {
  const text = pencil((ctx) => {
    const box = (size) => {
      ctx.beginPath();
      ctx.rect(0, 0, size, size);
    };
    ctx.save();
    box(10);
    ctx.clip();
    ctx.fillRect(0, 0, 1, 1);
    ctx.fillRect(0, 0, 2, 2);
    box(5);
    ctx.clip();
    ctx.fillRect(0, 0, 3, 3);
    ctx.restore();
    ctx.fillRect(0, 0, 4, 4);
  });
  const [outer, inner] = [...text.matchAll(/<clipPath id="([^"]+)"/g)].map(([, id]) => id);
  assert.match(text, new RegExp(`<clipPath id="${inner}" clip-path="url\\(#${outer}\\)"><path d="M0 0h5v5h-5Z"/>`));
  assert.deepEqual(
    text.replace(/<defs>.*<\/defs>/, "").match(/<g [^>]*>|<\/g>|width="\d"/g),
    [
      `<g clip-path="url(#${outer})">`,
      'width="1"',
      'width="2"',
      "</g>",
      `<g clip-path="url(#${inner})">`,
      'width="3"',
      "</g>",
      'width="4"',
    ],
  );
});

Deno.test("a text and its halo are one text, with what it says escaped", () => {
  const text = pencil((ctx) => {
    Object.assign(ctx, { font: '650 14px "A font", sans-serif', textAlign: "right", textBaseline: "middle" });
    Object.assign(ctx, { strokeStyle: "#fff", lineWidth: 3, fillStyle: "#123456" });
    ctx.strokeText("a < b & c", 10, 20);
    ctx.fillText("a < b & c", 10, 20);
    ctx.fillText("alone", 1, 2);
  });
  const [haloed, alone] = text.match(/<text[^>]*>[^<]*<\/text>/g);
  assert.match(haloed, /x="10" y="24.9" .*font-size="14" font-weight="650" text-anchor="end" fill="#123456"/);
  assert.match(haloed, /stroke="#fff" stroke-width="3" paint-order="stroke">a &#60; b &#38; c</);
  assert.doesNotMatch(alone, /stroke/);
});

Deno.test("another canvas is kept once and used as often as it is drawn", () => {
  const other = svgCanvas.VECTORS.canvas();
  other.getContext("2d").fillRect(0, 0, 1, 1);
  const text = pencil((ctx) => {
    ctx.drawImage(other, 0, 0);
    ctx.globalAlpha = 0.25;
    ctx.drawImage(other, 0, 0);
    ctx.drawImage(svgCanvas.VECTORS.canvas(), 0, 0);
  });
  const [, id] = text.match(/<g id="([^"]+)"><rect/);
  assert.equal(text.split("<rect").length, 2);
  assert.ok(text.endsWith(`<use href="#${id}"/><g opacity="0.25"><use href="#${id}"/></g>`), text);
});

Deno.test("wiped it is empty", () => {
  const text = pencil((ctx) => {
    ctx.fillRect(0, 0, 1, 1);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, 9, 9);
  });
  assert.equal(text, "");
});

Deno.test("a path of its own is drawn where it is given", () => {
  const path = svgCanvas.VECTORS.path();
  path.moveTo(1, 2);
  path.lineTo(3, 4);
  assert.match(pencil((ctx) => ctx.stroke(path)), /d="M1 2L3 4"/);
});
