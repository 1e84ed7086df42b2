import { boundsOf, holds, PlaneView, SpaceView, ticksOf, tickTexts } from "./view.js";

/** Pixels from the pointer to a sample that it points at, at most. */
const REACH = 14;

/** The map of one run on its canvas. */
export class FeatureMap {
  /** `samples`: those of both parts, by name; `state`: what all maps of the page share. */
  constructor(canvas, map, samples, classes, state) {
    this.canvas = canvas;
    this.map = map;
    this.samples = samples;
    this.classes = classes;
    this.state = state;
    this.common = null;
    this.drawn = { x: new Float32Array(0), y: new Float32Array(0) };
    this.outside = 0;
  }

  get part() {
    return this.samples[this.state.split];
  }

  /** Where between its own epochs it stands: each of the page's is shown by the own one nearest to it. */
  get at() {
    const { at, epochs } = this.state;
    const [from, to] = [Math.floor(at), Math.ceil(at)].map((place) => this.nearest(epochs[place]));
    return from + at % 1 * (to - from);
  }

  /** The place of the own epoch that is nearest to a number. */
  nearest(epoch) {
    const off = this.map.epochs.map((own) => Math.abs(own - epoch));
    return off.indexOf(Math.min(...off));
  }

  /** The place of the own epoch that is shown. */
  get place() {
    return Math.round(this.at);
  }

  /** Whether a sample's class is shown. */
  shows(i) {
    return !this.state.hidden.has(this.part.labels[i]);
  }

  /** Draws all of it anew. */
  draw(colors) {
    const { canvas } = this, size = canvas.clientWidth;
    if (size === 0) return;
    const density = Math.max(2, globalThis.devicePixelRatio || 1);
    canvas.width = canvas.height = Math.round(size * density);
    const context = canvas.getContext("2d");
    context.scale(density, density);
    context.fillStyle = colors.ground;
    context.fillRect(0, 0, size, size);
    context.font = "11px system-ui, sans-serif";
    const space = this.state.view === "space" && this.map.width === 3;
    const view = space
      ? new SpaceView(this.bounds(), { left: 0, top: 0, size }, this.state)
      : this.plane(context, size);
    const { area } = view;
    if (space) this.drawSpace(context, view, colors);
    else this.drawAxes(context, view, colors);
    context.save();
    context.beginPath();
    context.rect(area.left, area.top, area.size, area.size);
    context.clip();
    this.drawSamples(context, view, colors);
    this.drawCenters(context, view, colors);
    this.drawChosen(context, colors);
    this.drawOutside(context, view, colors);
    context.restore();
  }

  /** The plane, right of the numbers of its vertical axis. */
  plane(context, size) {
    const range = this.common?.[this.state.split] ?? this.part.range;
    const texts = tickTexts(this.ticks(range).up);
    const widest = Math.max(0, ...texts.map((text) => context.measureText(text).width));
    const left = Math.max(52, Math.ceil(widest) + 28);
    return new PlaneView(range, { left, top: 8, size: size - left - 22 });
  }

  /** Where numbers stand, fewer on a small canvas. */
  ticks({ xMin, xMax, yMin, yMax }) {
    const count = this.canvas.clientWidth < 420 ? 4 : 6;
    return { across: ticksOf(xMin, xMax, count), up: ticksOf(yMin, yMax, count) };
  }

  /** What space is turned about: the samples of the last epoch. */
  bounds() {
    const { split } = this.state;
    this.known ??= {};
    this.known[split] ??= boundsOf(this.part.at(this.map.epochs.length - 1).points);
    return this.known[split];
  }

  drawAxes(context, view, colors) {
    const { area, range } = view;
    context.lineWidth = 1;
    context.fillStyle = colors.quiet;
    const line = (x1, y1, x2, y2, color) => {
      context.strokeStyle = color;
      context.beginPath();
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
      context.stroke();
    };
    const [right, bottom] = [area.left + area.size, area.top + area.size];
    const { across, up } = this.ticks(range);
    const [texts, upTexts] = [across, up].map(tickTexts);
    context.textAlign = "center";
    across.forEach((tick, i) => {
      const x = Math.round(view.place(tick, 0)[0]) + 0.5;
      line(x, area.top, x, bottom, tick === 0 ? colors.border : colors.grid);
      context.fillText(texts[i], x, bottom + 15);
    });
    const [xName, yName] = this.map.axes;
    context.fillText(xName, area.left + area.size / 2, bottom + 34);
    context.save();
    context.translate(12, area.top + area.size / 2);
    context.rotate(-Math.PI / 2);
    context.fillText(yName, 0, 0);
    context.restore();
    context.textAlign = "right";
    up.forEach((tick, i) => {
      const y = Math.round(view.place(0, tick)[1]) + 0.5;
      line(area.left, y, right, y, tick === 0 ? colors.border : colors.grid);
      context.fillText(upTexts[i], area.left - 6, y + 4);
    });
    context.strokeStyle = colors.border;
    context.strokeRect(area.left + 0.5, area.top + 0.5, area.size - 1, area.size - 1);
  }

  /** Three axes through the middle, each with its number at its end. */
  drawSpace(context, view, colors) {
    const { middle, radius } = this.bounds();
    context.lineWidth = 1;
    context.textAlign = "center";
    for (let c = 0; c < 3; c++) {
      const end = (sign) => view.place(...middle.map((m, k) => k === c ? m + sign * radius : m));
      const [[x1, y1], [x2, y2]] = [end(-1), end(1)];
      context.strokeStyle = colors.border;
      context.beginPath();
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
      context.stroke();
      context.fillStyle = colors.quiet;
      context.fillText(`component ${c + 1}`, x2, y2 - 6);
    }
  }

  /** Coordinates between two epochs, while one becomes the other. */
  points() {
    const { at } = this, from = Math.floor(at), to = Math.ceil(at);
    const before = this.part.at(from).points;
    if (from === to) return before;
    const after = this.part.at(to).points, share = at - from;
    return before.map((column, c) =>
      column.map((value, i) => value + share * (after[c][i] - value))
    );
  }

  drawSamples(context, view, colors) {
    const { part } = this, points = this.points(), n = part.count;
    const x = new Float32Array(n), y = new Float32Array(n), near = new Float32Array(n);
    for (let i = 0; i < n; i++) {
      [x[i], y[i], near[i]] = view.place(points[0][i], points[1][i], points[2]?.[i]);
    }
    // A wild epoch needs more than is shown: what lies beyond is counted, and nothing points at it.
    let outside = 0;
    for (let i = 0; i < n; i++) {
      if (holds(view.area, x[i], y[i])) continue;
      x[i] = NaN;
      if (this.shows(i) && points.every((column) => Number.isFinite(column[i]))) outside++;
    }
    this.drawn = { x, y };
    this.outside = outside;
    const order = Array.from({ length: n }, (_, i) => i)
      .filter((i) => this.shows(i) && !Number.isNaN(x[i]));
    if (view instanceof SpaceView) order.sort((a, b) => near[a] - near[b]);
    const size = n > 3000 ? 1.9 : n > 800 ? 2.3 : 2.9;
    context.globalAlpha = n > 1500 ? 0.72 : 0.85;
    for (const i of order) {
      context.fillStyle = colors.classes[part.labels[i]];
      context.beginPath();
      context.arc(x[i], y[i], size * near[i], 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  /** The centers with their classes, and where they came from. */
  drawCenters(context, view, colors) {
    const { centers } = this.map, { place, state } = this;
    if (!centers[place]) return;
    const pixels = (epoch, k) => centers[epoch][k] ? view.place(...centers[epoch][k]) : [NaN, NaN];
    context.font = "600 10px system-ui, sans-serif";
    context.textAlign = "center";
    const shown = this.classes.map((_, k) => k).filter((k) => !state.hidden.has(k));
    if (state.trails) {
      for (const k of shown) {
        context.strokeStyle = colors.classes[k];
        context.lineWidth = 1.5;
        context.beginPath();
        let on = false;
        for (let epoch = 0; epoch <= place; epoch++) {
          if (!centers[epoch]) continue;
          const [x, y] = pixels(epoch, k);
          if (on) context.lineTo(x, y);
          else context.moveTo(x, y);
          on = !Number.isNaN(x); // a way that leaves what is seen begins anew
        }
        context.stroke();
      }
    }
    for (const k of shown) {
      const [x, y] = pixels(place, k), { short } = this.classes[k];
      if (Number.isNaN(x)) continue;
      context.beginPath();
      context.arc(x, y, 4 + 3.2 * short.length, 0, 2 * Math.PI);
      context.fillStyle = colors.ground;
      context.fill();
      context.lineWidth = 2;
      context.strokeStyle = colors.classes[k];
      context.stroke();
      context.fillStyle = colors.ink;
      context.fillText(short, x, y + 3.5);
    }
  }

  /** How many dots lie beyond the axes, in the corner. */
  drawOutside(context, { area }, colors) {
    if (!this.outside) return;
    const { count } = this.part, text = `${this.outside} of ${count} outside`;
    context.font = "11px system-ui, sans-serif";
    context.textAlign = "right";
    context.fillStyle = colors.quiet;
    context.fillText(text, area.left + area.size - 8, area.top + area.size - 8);
  }

  /** A ring around the sample that is pointed at. */
  drawChosen(context, colors) {
    const i = this.placeOfChosen();
    if (i < 0 || !this.shows(i)) return;
    context.beginPath();
    context.arc(this.drawn.x[i], this.drawn.y[i], 7, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = colors.ink;
    context.stroke();
  }

  /** The chosen sample, among those of this map. */
  placeOfChosen() {
    return this.state.chosen === null ? -1 : this.part.index.indexOf(this.state.chosen);
  }

  /** The sample nearest to a pixel, within reach; its place among this map's, or -1. */
  pick(x, y) {
    let best = -1, least = REACH ** 2;
    for (let i = 0; i < this.part.count; i++) {
      const distance = (this.drawn.x[i] - x) ** 2 + (this.drawn.y[i] - y) ** 2;
      if (distance < least && this.shows(i)) [best, least] = [i, distance];
    }
    return best;
  }

  /** The nearest sample in a direction from the chosen one, or the first one. */
  neighbour(right, down) {
    const from = this.placeOfChosen(), { x, y } = this.drawn;
    let best = from, least = Infinity;
    for (let i = 0; i < this.part.count; i++) {
      if (i === from || !this.shows(i) || Number.isNaN(x[i])) continue;
      if (from < 0) return i;
      const [dx, dy] = [x[i] - x[from], y[i] - y[from]];
      const along = dx * right + dy * down, across = Math.abs(dx * down + dy * right);
      if (along <= 0.5) continue;
      const cost = along + 2 * across;
      if (cost < least) [best, least] = [i, cost];
    }
    return best;
  }
}
