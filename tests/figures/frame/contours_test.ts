import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { drawContours } from "../../../src/figures/areas/contours.ts";
import { Density } from "../../../src/figures/areas/density.ts";
import { featureMap } from "../../../src/figures/feature_map.ts";
import { newFrame } from "../../../src/figures/paint/canvas.ts";

const area = { left: 20, top: 10, width: 402, height: 402 };

/** Dots of round heaps, by quantiles of the normal distribution's radius along a golden spiral. */
function heaps(count: number, ...middles: (readonly [x: number, y: number])[]) {
  const at = (i: number) => {
    const [x, y] = middles[i % middles.length], k = Math.floor(i / middles.length);
    const radius = 30 * Math.sqrt(-2 * Math.log(1 - (k + 0.5) / count));
    return [x + radius * Math.cos(2.399963 * k), y + radius * Math.sin(2.399963 * k)];
  };
  const all = Array.from({ length: count * middles.length }, (_, i) => at(i));
  const column = (c: number) => Float32Array.from(all, (place) => place[c]);
  return { x: column(0), y: column(1), label: new Uint8Array(all.length) };
}

Deno.test("Density adds up to the dots, and falls away from them", () => {
  const dots = heaps(500, [200, 210]), density = new Density(area, dots, [...dots.x.keys()]);
  let sum = 0;
  for (let y = 10; y < 410; y += 4) for (let x = 20; x < 420; x += 4) sum += density.at(x, y)[0];
  assertAlmostEquals(sum, 500, 1);
  const [top, alongX] = density.at(200, 210);
  assert(top > density.at(240, 210)[0] && density.at(240, 210)[0] > density.at(240, 260)[0]);
  assert(
    Math.abs(alongX) < 0.02 * top && density.at(230, 210)[1] < 0 && density.at(170, 210)[1] > 0,
  );
});

Deno.test("drawContours() goes around half of each class, and names each piece", () => {
  const [one, two] = [heaps(1000, [120, 110], [300, 110]), heaps(1000, [210, 290])];
  const both = {
    x: Float32Array.of(...one.x, ...two.x),
    y: Float32Array.of(...one.y, ...two.y),
    label: Uint8Array.of(...one.label, ...two.label.fill(1)),
  };
  const names = ["one", "two", "nothing"];
  const places = drawContours(newFrame(440, 420), area, both, names, []);
  assertEquals(places.map(({ name }) => name).sort(), ["one", "one", "two"]);
  // A name inside a piece is that piece's; the other piece needs one of its own.
  const named = [{ name: "one", x: 130, y: 110 }, { name: "two", x: 40, y: 290 }];
  const rest = drawContours(newFrame(440, 420), area, both, names, named);
  assertEquals(rest.map(({ name }) => name), ["one", "two"]);
  assert(rest[0].x > 210);
  const [{ x, y }] = places.filter(({ name }) => name === "two");
  // Half of a normal distribution in the plane lies within 1.177 deviations; the kernel makes it a little wider.
  assertAlmostEquals(Math.hypot(x - 210, y - 290), 1.177 * 30, 4);
});

Deno.test("drawContours() draws nothing of a class of few dots, or of none", () => {
  const frame = newFrame(440, 420), blank = frame.rgba.slice();
  assertEquals(drawContours(frame, area, heaps(10, [200, 200]), ["few", "none"], []), []);
  assertEquals(frame.rgba, blank);
});

Deno.test("featureMap() explains no lines where no class has dots enough for one", () => {
  const points = Float32Array.from({ length: 120 }, (_, i) => Math.sin(i));
  const labels = Uint8Array.from({ length: 60 }, (_, i) => i % 6), classNames = [..."abcdef"];
  const [asked, without] = [true, false].map((contours) => {
    const range = { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };
    return featureMap({ points, labels, classNames, range, title: "few", contours });
  });
  assertEquals(asked.rgba, without.rgba);
});

Deno.test("drawContours() surrounds dots that all lie in one place", () => {
  const dots = { x: new Float32Array(50).fill(100), y: new Float32Array(50).fill(90) };
  const places = drawContours(newFrame(440, 420), area, { ...dots, label: new Uint8Array(50) }, [
    "a",
  ], []);
  assertEquals(places.length, 1);
  assert(Math.hypot(places[0].x - 100, places[0].y - 90) < 12);
});
