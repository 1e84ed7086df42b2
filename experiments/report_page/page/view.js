/** From coordinates of features to pixels. */

/** Whether a pixel is within an area; one that is not a number is not. */
export function holds({ left, top, size }, x, y) {
  return x >= left && x <= left + size && y >= top && y <= top + size;
}

/** The least distance to the eye that is drawn, where the middle of space is at 1: from there on dots have a size. */
const LEAST_DISTANCE = 0.2;

/** The plane, on one scale for both axes. */
export class PlaneView {
  constructor(range, area) {
    this.range = range;
    this.area = area;
    this.scale = area.size / (range.xMax - range.xMin);
  }

  /** Pixels of a point, and its nearness, which is the same for all. */
  place(x, y) {
    const { area, range, scale } = this;
    return [area.left + (x - range.xMin) * scale, area.top + (range.yMax - y) * scale, 1];
  }
}

/** Space, turned by two angles, with a little perspective. */
export class SpaceView {
  constructor({ middle, radius }, area, { yaw, pitch }) {
    this.middle = middle;
    this.scale = area.size / 2 / radius;
    this.radius = radius;
    this.area = area;
    this.turn = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  }

  /** Pixels of a point and its nearness; NaN beside the eye and behind it. */
  place(x, y, z = 0) {
    const [cosYaw, sinYaw, cosPitch, sinPitch] = this.turn, { middle, area } = this;
    const [a, b, c] = [x - middle[0], y - middle[1], z - middle[2]];
    const right = cosYaw * a + sinYaw * c, back = cosYaw * c - sinYaw * a;
    const up = cosPitch * b + sinPitch * back, depth = cosPitch * back - sinPitch * b;
    const distance = 1 + 0.25 * depth / this.radius;
    if (!(distance >= LEAST_DISTANCE)) return [NaN, NaN, NaN];
    const near = 1 / distance;
    return [
      area.left + area.size / 2 + right * this.scale * near * 0.8,
      area.top + area.size / 2 - up * this.scale * near * 0.8,
      near,
    ];
  }
}

/** About what space is turned, and what of it is seen: all samples but the outermost hundredth. */
export function boundsOf(columns) {
  const spans = columns.map((column) => {
    const finite = Array.from(column).filter(Number.isFinite).sort((a, b) => a - b);
    const at = (share) => finite[Math.floor(share * (finite.length - 1))] ?? 0;
    return [at(0.005), at(0.995)];
  });
  const middle = spans.map(([low, high]) => (low + high) / 2);
  const radius = Math.max(...spans.map(([low, high]) => (high - low) / 2)) * 1.25 || 1;
  return { middle, radius };
}

/** The numbers of ticks, with as many decimals as the finest of them needs, or with exponents. */
export function tickTexts(ticks) {
  const most = Math.max(...ticks.map(Math.abs)), long = most > 0 && (most < 1e-3 || most >= 1e5);
  const decimals = Math.max(0, ...ticks.map((it) => String(it).split(".")[1]?.length ?? 0));
  const text = (it) =>
    !long ? it.toFixed(decimals) : it === 0 ? "0" : it.toExponential().replace("e+", "e");
  return ticks.map((it) => text(it).replaceAll("-", "\u2212"));
}

/** Round numbers in a range, some six of them, or `count`. */
export function ticksOf(low, high, count = 6) {
  const rough = (high - low) / count, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((it) => it * power).find((it) => it >= rough);
  const ticks = [];
  for (let k = Math.ceil(low / step); k * step <= high; k++) {
    ticks.push(Number((k * step).toPrecision(12)));
  }
  return ticks;
}

/** Pixels to another center from which on a name in a center is legible, and those to a name that stands beside. */
const COVERED = 12, BESIDE = 14;

/** Where the name of each center stands: within it, or beside it, away from others that would cover it. */
export function namePlaces(places) {
  return places.map(([x, y], i) => {
    const near = places.flatMap(([u, v], k) =>
      k !== i && Math.hypot(x - u, y - v) < COVERED ? [{ k, dx: x - u, dy: y - v }] : []
    );
    if (near.length === 0) return { at: [x, y], within: true };
    const dx = near.reduce((sum, it) => sum + it.dx, 0),
      dy = near.reduce((sum, it) => sum + it.dy, 0);
    // Centers at one place have their names around it.
    const turn = near.filter(({ k }) => k < i).length / (near.length + 1);
    const angle = Math.hypot(dx, dy) > 1 ? Math.atan2(dy, dx) : 2 * Math.PI * turn;
    return { at: [x + BESIDE * Math.cos(angle), y + BESIDE * Math.sin(angle)], within: false };
  });
}
