import { directionsOf, meanDirections } from "./frame/directions.ts";
import { drawNames } from "./frame/class_labels.ts";
import { drawHeading, type Heading } from "./frame/heading.ts";
import { drawLegend } from "./frame/legend.ts";
import { insideOf } from "./frame/margin.ts";
import { type PlotArea, quiet } from "./frame/plot_area.ts";
import { drawRemarks, remarks } from "./frame/remarks.ts";
import { checkSamples, type Samples } from "./frame/samples.ts";
import { centerSymbol, drawCenter, drawNamedCenter, isCovered } from "./frame/symbols.ts";
import { fillDisc, type Frame, newFrame, type Rgb } from "./paint/canvas.ts";
import { dotStyle, drawDots } from "./paint/dots.ts";
import { hairline } from "./paint/hairline.ts";
import { classColor, tint } from "./paint/palette.ts";
import { drawHaloText, textSize } from "./paint/text.ts";

/** What {@linkcode sphereMap} draws. Points and centers have three features each. */
export interface SphereMapOptions extends Omit<Samples, "range">, Heading {
  /** How far the sphere is turned about its third axis, in degrees. */
  angle: number;
  /** How far above its equator the eye is, in degrees; default 20. */
  elevation?: number;
  /** Names for the legend, `[classes]`. */
  classNames: readonly string[];
  /** Names at the ends of the axes; default "feature 1", "feature 2", "feature 3". */
  axisLabels?: readonly [string, string, string];
  /** Pixels; default 820 x 740. */
  size?: { width: number; height: number };
}

/** Room around the sphere: title above, legend at the right. */
const margin = { left: 36, top: 92, right: 136, bottom: 40 };

/** Degrees from one line of the net to the next. */
const net = 30;
const line: Rgb = [206, 206, 206], far: Rgb = [230, 230, 230], ball: Rgb = [247, 247, 247];

/** A place on the sphere as the eye sees it. */
interface Seen {
  readonly x: number;
  readonly y: number;
  /** Towards the eye, -1 to 1; above 0 it is on the near side. */
  readonly depth: number;
}

/**
 * Draws three features of each sample as a direction: a dot on a sphere, whatever their length, as a loss on the angle sees
 * them.
 *
 * What is on the far side is pale, as through glass. Centers are drawn where their direction is, and without centers each
 * class's name stands at its mean direction. Frames with growing angles turn the sphere, at one size. Samples that are not
 * finite or have no length have no direction: they are left out and counted. Equal input gives equal bytes.
 *
 * Throws a `TypeError` where lengths do not fit together, and a `RangeError` for a label without a class name, an angle that
 * is not finite, or a size without room.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { sphereMap } from "../../figures.ts";
 *
 * const frame = sphereMap({
 *   points: Float32Array.of(1, 0, 0, 0, 2, 2),
 *   labels: Uint8Array.of(0, 1),
 *   classNames: ["zero", "one"],
 *   angle: 30,
 *   title: "two directions",
 * });
 * assertEquals([frame.width, frame.height], [820, 740]);
 * ```
 */
export function sphereMap(options: SphereMapOptions): Frame {
  const { points, labels, centers, classNames, angle, elevation = 20 } = options;
  const { size = { width: 820, height: 740 } } = options;
  checkSamples(options, classNames, 3);
  if (!Number.isFinite(angle) || !Number.isFinite(elevation)) {
    throw new RangeError(
      `Cannot look from azimuth ${angle}, elevation ${elevation}: both must be finite`,
    );
  }
  const free = insideOf(size, margin, 120, "a sphere map");
  const side = Math.min(free.width, free.height), area = { ...free, width: side, height: side };
  const frame = newFrame(size.width, size.height);
  const radius = side / 2 - 14, look = eye(angle, elevation, area, radius);
  fillSphere(frame, area, radius);
  drawNet(frame, look, false);
  const colors = classNames.map((_, k) => classColor(k));
  const shown = directionsOf(points, 3);
  const seen = Array.from(shown.index, (_, i) => look(shown.units, 3 * i));
  const style = dotStyle(labels.length);
  const half = (near: boolean) => {
    const own = seen.flatMap(({ depth }, i) => depth > 0 === near ? [i] : []);
    return {
      x: Float32Array.from(own, (i) => seen[i].x),
      y: Float32Array.from(own, (i) => seen[i].y),
      label: own.map((i) => labels[shown.index[i]]),
    };
  };
  const pale = colors.map((color) => tint(color, 0.35));
  drawDots(frame, area, half(false), pale, { radius: 0.8 * style.radius, opacity: 0.5 });
  drawNet(frame, look, true);
  drawDots(frame, area, half(true), colors, style);
  drawAxisEnds(frame, look, options.axisLabels ?? ["feature 1", "feature 2", "feature 3"]);
  if (centers) drawCenters(frame, area, look, centers, classNames);
  else {
    const means = directionsOf(meanDirections(shown, labels, classNames.length, 3), 3);
    const anchors = Array.from(means.index, (k, i) => {
      return { name: classNames[k], ...look(means.units, 3 * i) };
    });
    drawNames(frame, area, anchors.filter(({ depth }) => depth > 0));
  }
  drawHeading(frame, margin.left, options);
  drawLegend(frame, area, margin.right, classNames, centers ? [centerSymbol] : []);
  drawRemarks(frame, remarks(labels.length, shown), 16);
  return frame;
}

type Look = (points: ArrayLike<number>, at: number) => Seen;

/** Where a unit vector lies on the frame, seen from far away. */
function eye(azimuth: number, elevation: number, area: PlotArea, radius: number): Look {
  const [a, e] = [azimuth, elevation].map((degrees) => degrees * Math.PI / 180);
  const x0 = area.left + area.width / 2, y0 = area.top + area.height / 2;
  return (points, at) => {
    const [x, y, z] = [points[at], points[at + 1], points[at + 2]];
    const ahead = x * Math.cos(a) + y * Math.sin(a);
    return {
      x: x0 + radius * (y * Math.cos(a) - x * Math.sin(a)),
      y: y0 - radius * (z * Math.cos(e) - ahead * Math.sin(e)),
      depth: ahead * Math.cos(e) + z * Math.sin(e),
    };
  };
}

/** A pale disc with a thin rim: of one grey that GIFs have, too, where shades would be rings. */
function fillSphere(frame: Frame, area: PlotArea, radius: number): void {
  const x0 = area.left + area.width / 2, y0 = area.top + area.height / 2;
  fillDisc(frame, x0, y0, radius, line);
  fillDisc(frame, x0, y0, radius - 1, ball);
}

/** Meridians and parallels of one side. */
function drawNet(frame: Frame, look: Look, near: boolean): void {
  const at = (longitude: number, latitude: number) => {
    const [a, b] = [longitude, latitude].map((degrees) => degrees * Math.PI / 180);
    return look([Math.cos(b) * Math.cos(a), Math.cos(b) * Math.sin(a), Math.sin(b)], 0);
  };
  const color = near ? line : far;
  const draw = (from: Seen, to: Seen) => {
    if ((from.depth + to.depth > 0) !== near) return;
    hairline(frame, [from.x, from.y], [to.x, to.y], color);
  };
  for (let a = 0; a < 360; a += net) {
    for (let b = -90 + net; b < 90 - net; b += 5) draw(at(a, b), at(a, b + 5));
  }
  for (let b = -90 + net; b < 90; b += net) {
    for (let a = 0; a < 360; a += 5) draw(at(a, b), at(a + 5, b));
  }
}

/** Names where the axes leave the near side. */
function drawAxisEnds(frame: Frame, look: Look, names: readonly string[]): void {
  names.forEach((name, k) => {
    const { x, y, depth } = look([0, 1, 2].map((d) => Number(d === k)), 0);
    if (depth < -0.05) return;
    drawHaloText(frame, name, x, y - 6, { size: textSize.small, color: quiet, align: "center" });
  });
}

/** Each at its direction; those of the far side without their names, which stand beside where they have no room in a center. */
function drawCenters(
  frame: Frame,
  area: PlotArea,
  look: Look,
  centers: Float32Array,
  classNames: readonly string[],
): void {
  const { units, index } = directionsOf(centers, 3);
  const short = classNames.every((name) => name.length <= 2);
  const places = Array.from(index, (k, i) => ({ name: classNames[k], ...look(units, 3 * i) }))
    .sort((a, b) => a.depth - b.depth);
  const near = places.filter(({ depth }) => depth > 0);
  const beside = near.filter((place) => !short || isCovered(place, near));
  for (const place of places) {
    const { name, x, y, depth } = place;
    if (depth > 0 && !beside.includes(place)) drawNamedCenter(frame, name, x, y);
    else drawCenter(frame, x, y, depth > 0 ? 1 : 0.5);
  }
  drawNames(frame, area, beside, near.map(({ x, y }) => ({ x, y, radius: 8 })));
}
