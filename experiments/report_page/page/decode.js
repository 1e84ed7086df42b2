/** Numbers from the text that a page holds them in. */

/** Stands for a coordinate that is not finite (`maps/quantize.ts`). */
const MISSING = 0xffff;

/** The bytes of Base64. */
export function bytesOf(text) {
  const raw = atob(text), bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

/** Whole numbers of 32 bits. */
export function wholesOf(text) {
  return new Int32Array(bytesOf(text).buffer);
}

/** The columns of an epoch, each of `count` numbers; what was not finite is NaN. */
export function columnsOf({ values, scales }, count) {
  const all = new Uint16Array(bytesOf(values).buffer);
  return scales.map(([least, step], c) =>
    Float64Array.from({ length: count }, (_, i) => {
      const value = all[c * count + i];
      return value === MISSING ? NaN : least + value * step;
    })
  );
}

/** The samples of one part of a run's data set, decoded epoch by epoch as they are asked for. */
export class Samples {
  constructor(data, width) {
    this.count = data.count;
    this.width = width;
    this.range = data.range;
    this.index = wholesOf(data.index);
    this.labels = wholesOf(data.labels);
    this.data = data.epochs;
    this.decoded = new Map();
  }

  /** Coordinates after an epoch; of projected features also distances, and the class of the nearest center. */
  at(place) {
    if (!this.decoded.has(place)) {
      const epoch = this.data[place], columns = columnsOf(epoch, this.count);
      this.decoded.set(place, {
        points: columns.slice(0, this.width),
        own: columns[this.width],
        least: columns[this.width + 1],
        nearest: epoch.nearest && new Uint16Array(bytesOf(epoch.nearest).buffer),
      });
    }
    return this.decoded.get(place);
  }

  /** The distance of a sample to the center of its class, the nearest center's class and its distance; null without centers. */
  distances(place, i, centers) {
    const { points, own, least, nearest } = this.at(place);
    if (nearest) return { own: own[i], nearest: nearest[i], least: least[i] };
    if (!centers) return null;
    const all = centers.map((center) =>
      center ? Math.hypot(...center.map((value, c) => value - points[c][i])) : NaN
    );
    const shortest = Math.min(...all.filter((distance) => !Number.isNaN(distance)));
    return { own: all[this.labels[i]], nearest: all.indexOf(shortest), least: shortest };
  }
}
