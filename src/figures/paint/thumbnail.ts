import { blendPixel, type Frame, type Rgb, white } from "./canvas.ts";

/** Images as bytes, as a data set holds them. */
export interface Images {
  /** `[n, height, width, channels]`, row by row; 0 is black. */
  readonly images: Uint8Array;
  /** Rows of an image. */
  readonly height: number;
  /** Columns of an image. */
  readonly width: number;
  /** 1 for grey, 3 for red, green and blue. */
  readonly channels: number;
}

/**
 * How many images there are. Throws a `TypeError` where the last is not whole, and a `RangeError` for
 * channels other than 1 and 3.
 */
export function countImages({ images, height, width, channels }: Images): number {
  if (channels !== 1 && channels !== 3) {
    throw new RangeError(`Cannot show images of ${channels} channels: it must be 1 or 3`);
  }
  const count = images.length / (height * width * channels);
  if (!Number.isInteger(count)) {
    throw new TypeError(
      `Cannot read ${images.length} bytes as images of [${height}, ${width}, ${channels}]`,
    );
  }
  return count;
}

/** Where and how a thumbnail is drawn. */
interface ThumbnailStyle {
  /** Column of its middle. */
  x: number;
  /** Row of its middle. */
  y: number;
  /** Pixels of its longer side. */
  size: number;
  /** Of its class. */
  color: Rgb;
  /** 1 is full colour; less fades to white. */
  strength: number;
}

/** How dense a halo is: it parts strokes from those behind without wiping these out. */
const haloOpacity = 0.85;

/**
 * Draws one image small. Of a grey one the bright parts are painted in the colour, over a white halo,
 * and the dark ones are left clear, so that digits float. A colour image is shown as it is, in a
 * frame of the colour.
 */
export function drawThumbnail(
  frame: Frame,
  source: Images,
  index: number,
  style: ThumbnailStyle,
): void {
  if (source.channels === 1) drawGrey(frame, source, index, style);
  else drawColored(frame, source, index, style);
}

/** Where on the frame a thumbnail's pixels are, and how they map to the image's. */
function placement({ height, width }: Images, { x, y, size }: ThumbnailStyle, border: number) {
  const scale = Math.max(height, width) / size;
  const left = Math.floor(x - width / scale / 2 - border);
  const top = Math.floor(y - height / scale / 2 - border);
  return {
    left,
    top,
    columns: Math.ceil(x + width / scale / 2 + border) - left,
    rows: Math.ceil(y + height / scale / 2 + border) - top,
    scale,
    /** The image's column at the left edge of the first pixel. */
    u: (left - x) * scale + width / 2,
    v: (top - y) * scale + height / 2,
  };
}

function drawGrey(frame: Frame, source: Images, index: number, style: ThumbnailStyle): void {
  const { width, height } = source;
  const { left, top, columns, rows, scale, u, v } = placement(source, style, 2);
  const share = new Float32Array(columns * rows);
  // Strokes of less than a pixel would turn pale.
  const gain = Math.min(1.8, Math.max(1, scale * 0.8));
  for (let row = 1; row < rows - 1; row++) {
    for (let column = 1; column < columns - 1; column++) {
      const [x, y] = [u + column * scale, v + row * scale];
      const inside = covered(x, scale, 0, width) * covered(y, scale, 0, height);
      if (inside === 0) continue;
      const mean = inside * meanOf(source, index, x, y, scale, 0);
      share[row * columns + column] = Math.min(1, mean / 255 * gain);
    }
  }
  const { strength } = style;
  const color = style.color.map((c) => 255 + (c - 255) * strength) as unknown as Rgb;
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const halo = haloOpacity * largestAround(share, columns, rows, column, row);
      if (halo > 0.02) blendPixel(frame, left + column, top + row, white, halo);
      if (share[at] > 0) blendPixel(frame, left + column, top + row, color, share[at]);
    }
  }
}

/** The largest value of a pixel and its neighbours, those at its corners counted for two thirds. */
function largestAround(
  share: Float32Array,
  columns: number,
  rows: number,
  column: number,
  row: number,
): number {
  let largest = 0;
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
      const weight = x === column || y === row ? 1 : 0.66;
      largest = Math.max(largest, weight * share[y * columns + x]);
    }
  }
  return largest;
}

/** The mean of one channel over a square of the image, whose border goes on outside of it. */
function meanOf(
  { images, height, width, channels }: Images,
  index: number,
  u: number,
  v: number,
  side: number,
  channel: number,
): number {
  const samples = Math.max(2, Math.ceil(side));
  const start = index * height * width * channels + channel;
  let sum = 0;
  for (let i = 0; i < samples; i++) {
    const y = clamp(Math.floor(v + (i + 0.5) / samples * side), height);
    for (let j = 0; j < samples; j++) {
      const x = clamp(Math.floor(u + (j + 0.5) / samples * side), width);
      sum += images[start + (y * width + x) * channels];
    }
  }
  return sum / (samples * samples);
}

/** The nearest of `0` to `count - 1`. */
function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}

function drawColored(frame: Frame, source: Images, index: number, style: ThumbnailStyle): void {
  const border = Math.max(1, style.size / 10);
  const { left, top, columns, rows, scale, u, v } = placement(source, style, border);
  const { width, height } = source;
  const faded = (c: number) => 255 + (c - 255) * style.strength;
  const edge = style.color.map(faded) as unknown as Rgb;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [u + column * scale, v + row * scale];
      const outer = covered(x, scale, -border * scale, width + border * scale) *
        covered(y, scale, -border * scale, height + border * scale);
      const inner = covered(x, scale, 0, width) * covered(y, scale, 0, height);
      if (outer <= 0) continue;
      blendPixel(frame, left + column, top + row, edge, outer);
      if (inner <= 0) continue;
      const pixel = [0, 1, 2].map((c) => faded(meanOf(source, index, x, y, scale, c)));
      blendPixel(frame, left + column, top + row, pixel as unknown as Rgb, inner);
    }
  }
}

/** The part of `[from, from + length]` that lies in `[low, high]`. */
function covered(from: number, length: number, low: number, high: number): number {
  return Math.max(0, Math.min(from + length, high) - Math.max(from, low)) / length;
}
