// GIF: pictures of pixels to bytes (CompuServe, "Graphics Interchange Format, Version 89a", 1990). 255 colours for all pictures, by
// median cut (Heckbert, "Color image quantization for frame buffer display", 1982), and one for "as before". Knows no page.
/** RGBA bytes. @typedef {Uint8Array | Uint8ClampedArray | number[]} Pixels */
/** @typedef {{ mean: number[], weight: number }} Colour */
/** @typedef {{ list: Colour[], side: number, want: number }} Box */
const COLOURS = 255, SAME = 255; // the last index means: as in the picture before
const BITS = 8, CLEAR = 1 << BITS, END = CLEAR + 1, MOST_CODES = 4096;
const LEAST_DELAY = 2; // hundredths of a second: what is shorter browsers show slowly

/** A colour in 15 bits, five of each channel. @param {number} r @param {number} g @param {number} b */
const bin = (r, g, b) => ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);

/** Up to COLOURS colours [r, g, b] that stand for those of some pictures, each of RGBA bytes. @param {Pixels[]} pictures */
function palette(pictures) {
  const sums = new Float64Array(4 * 32768); // of r, g, b, and how many
  for (const data of pictures) {
    for (let i = 0; i < data.length; i += 4) {
      const at = 4 * bin(data[i], data[i + 1], data[i + 2]);
      sums[at] += data[i];
      sums[at + 1] += data[i + 1];
      sums[at + 2] += data[i + 2];
      sums[at + 3] += 1;
    }
  }
  const all = [];
  for (let at = 0; at < sums.length; at += 4) {
    if (sums[at + 3]) all.push({ mean: [0, 1, 2].map((k) => sums[at + k] / sums[at + 3]), weight: sums[at + 3] });
  }
  /** @type {Box[]} */
  const boxes = [box(all)];
  while (boxes.length < COLOURS) {
    const widest = boxes.reduce(
      (/** @type {Box | null} */ best, one) => (one.list.length > 1 && one.want > (best?.want ?? 0) ? one : best),
      null,
    );
    if (!widest) break;
    boxes.splice(boxes.indexOf(widest), 1, ...split(widest));
  }
  return boxes.map(({ list }) => {
    const weight = list.reduce((sum, one) => sum + one.weight, 0);
    return [0, 1, 2].map((k) => Math.round(list.reduce((sum, one) => sum + one.mean[k] * one.weight, 0) / weight));
  });
}

/** A list of colours, its longest side, and how much it wants to be parted: by that length and, less, by its weight.
 *  @param {Colour[]} list @returns {Box} */
function box(list) {
  const ends = [0, 1, 2].map((k) =>
    list.reduce(([low, high], { mean }) => [Math.min(low, mean[k]), Math.max(high, mean[k])], [255, 0])
  );
  const lengths = ends.map(([low, high]) => high - low), side = lengths.indexOf(Math.max(...lengths));
  return { list, side, want: lengths[side] * Math.sqrt(Math.sqrt(list.reduce((sum, { weight }) => sum + weight, 0))) };
}

/** Two boxes, parted in the middle of the longest side, for few strong colours must not hide many faint ones. @param {Box} box */
function split({ list, side }) {
  const sorted = list.toSorted((p, q) => p.mean[side] - q.mean[side]),
    middle = (sorted[0].mean[side] + sorted[sorted.length - 1].mean[side]) / 2;
  const at = Math.min(sorted.length - 1, Math.max(1, sorted.findIndex(({ mean }) => mean[side] > middle)));
  return [box(sorted.slice(0, at)), box(sorted.slice(at))];
}

/** Bytes on their way into a file. */
function writer() {
  let bytes = new Uint8Array(1 << 16), length = 0;
  /** @param {number} more */
  const room = (more) => {
    if (length + more <= bytes.length) return;
    const larger = new Uint8Array(2 * Math.max(bytes.length, more));
    larger.set(bytes);
    bytes = larger;
  };
  return {
    /** @param {number} value */
    byte(value) {
      room(1);
      bytes[length++] = value;
    },
    /** @param {number} value */
    word(value) {
      room(2);
      bytes[length++] = value & 255;
      bytes[length++] = value >> 8;
    },
    /** @param {string} words */
    text(words) {
      for (const sign of words) this.byte(sign.charCodeAt(0));
    },
    get bytes() {
      return bytes.slice(0, length);
    },
  };
}

const codes = new Float64Array(MOST_CODES * 256); // prefix and next index -> stamp and code
let stamp = 0;

/** Indices by Lempel, Ziv and Welch, in blocks of up to 255 bytes.
 *  @param {ReturnType<typeof writer>} out @param {Uint8Array} indices */
function compress(out, indices) {
  let next = END + 1, size = BITS + 1, held = 0, bits = 0;
  /** @type {number[]} */
  const block = [];
  const flush = () => {
    out.byte(block.length);
    for (const one of block) out.byte(one);
    block.length = 0;
  };
  /** @param {number} code */
  const put = (code) => {
    held |= code << bits;
    bits += size;
    while (bits >= 8) {
      block.push(held & 255);
      if (block.length === 255) flush();
      held >>>= 8;
      bits -= 8;
    }
  };
  const begin = () => {
    put(CLEAR);
    stamp += 1;
    next = END + 1;
    size = BITS + 1;
  };
  out.byte(BITS);
  begin();
  let prefix = indices[0];
  for (let i = 1; i < indices.length; i++) {
    const place = prefix * 256 + indices[i], known = codes[place];
    if (Math.floor(known / MOST_CODES) === stamp) {
      prefix = known % MOST_CODES;
      continue;
    }
    put(prefix);
    prefix = indices[i];
    if (next === MOST_CODES) {
      begin();
      continue;
    }
    codes[place] = stamp * MOST_CODES + next;
    if (next === 1 << size) size += 1;
    next += 1;
  }
  put(prefix);
  put(END);
  if (bits) block.push(held & 255);
  if (block.length) flush();
  out.byte(0);
}

/** A file of width x height pixels in the colours of some sample pictures: add(rgba, seconds) each picture, then end().
 *  @param {number} width @param {number} height @param {Pixels[]} samples */
function start(width, height, samples) {
  const colours = palette(samples), nearest = new Int16Array(32768).fill(-1), out = writer();
  /** @type {Uint8Array | null} */
  let before = null;
  let time = 0, told = 0;
  out.text("GIF89a");
  out.word(width);
  out.word(height);
  out.byte(0b11110111);
  out.byte(0);
  out.byte(0); // a table of 256 colours for all
  for (let i = 0; i < 256; i++) for (let k = 0; k < 3; k++) out.byte(colours[i]?.[k] ?? 0);
  out.byte(0x21);
  out.byte(0xff);
  out.byte(11);
  out.text("NETSCAPE2.0");
  out.byte(3);
  out.byte(1);
  out.word(0);
  out.byte(0); // again and again

  /** @param {number} r @param {number} g @param {number} b */
  function index(r, g, b) {
    const at = bin(r, g, b);
    if (nearest[at] < 0) {
      let least = Infinity;
      colours.forEach(([cr, cg, cb], i) => {
        const far = (cr - r) ** 2 + (cg - g) ** 2 + (cb - b) ** 2;
        if (far < least) {
          least = far;
          nearest[at] = i;
        }
      });
    }
    return nearest[at];
  }

  /** The part of a picture that differs from the one before: its place, and its indices. @param {Uint8Array} now */
  function changed(now) {
    if (!before) return { left: 0, top: 0, w: width, h: height, list: now };
    let left = width, right = -1, top = height, bottom = -1;
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        if (now[i] === before[i]) continue;
        if (x < left) left = x;
        if (x > right) right = x;
        if (y < top) top = y;
        bottom = y;
      }
    }
    if (right < 0) [left, right, top, bottom] = [0, 0, 0, 0];
    const w = right - left + 1, h = bottom - top + 1, list = new Uint8Array(w * h);
    for (let y = 0; y < h; y++) {
      for (let x = 0, i = (top + y) * width + left; x < w; x++, i++) {
        list[y * w + x] = now[i] === before[i] ? SAME : now[i];
      }
    }
    return { left, top, w, h, list };
  }

  /** @param {Pixels} rgba @param {number} seconds */
  function add(rgba, seconds) {
    const now = new Uint8Array(width * height);
    for (let i = 0, k = 0; i < now.length; i++, k += 4) now[i] = index(rgba[k], rgba[k + 1], rgba[k + 2]);
    const { left, top, w, h, list } = changed(now);
    time += 100 * seconds;
    const delay = Math.max(LEAST_DELAY, Math.round(time) - told); // what rounding takes from one picture the next has
    told += delay;
    out.byte(0x21);
    out.byte(0xf9);
    out.byte(4);
    out.byte(0b101);
    out.word(delay);
    out.byte(SAME);
    out.byte(0); // stays; SAME shows what was
    out.byte(0x2c);
    out.word(left);
    out.word(top);
    out.word(w);
    out.word(h);
    out.byte(0);
    compress(out, list);
    before = now;
  }

  function end() {
    out.byte(0x3b);
    return out.bytes;
  }
  return { add, end };
}

export const gif = { start };
