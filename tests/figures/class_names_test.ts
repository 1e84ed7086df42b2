import { assertEquals, assertNotEquals } from "@std/assert";
import { featureGrid } from "../../src/figures/feature_grid.ts";
import { featureMap } from "../../src/figures/feature_map.ts";
import { sphereMap } from "../../src/figures/sphere_map.ts";
import { digits, heaps, inTurn, range } from "./scenes/samples.ts";

Deno.test("sphereMap() keeps long names at the rim within the sphere's square", () => {
  const frame = sphereMap({
    ...heaps(inTurn(20), { features: 3 }),
    classNames: Array.from({ length: 10 }, (_, k) => `${"a long name of a class ".repeat(2)}${k}`),
    ...{ title: "t", angle: 30 },
  });
  const { rgba, width, height } = frame;
  // Left of the sphere there is nothing, and right of it, below the legend, neither.
  for (const [from, to, top] of [[0, 36, 92], [36 + 608, width, 420]]) {
    for (let row = top; row < height; row++) {
      for (let x = from; x < to; x++) assertEquals(rgba[4 * (row * width + x)], 255, `${x} ${row}`);
    }
  }
});

Deno.test("featureMap() shows the name of each center where several are at one place", () => {
  const plot = (classNames: string[]) => {
    const samples = { ...heaps(inTurn(20)), centers: new Float32Array(20) };
    const { rgba, width } = featureMap({ ...samples, classNames, range, title: "t" });
    return rgba.filter((_, i) => i / 4 % width < 744);
  };
  for (let k = 0; k < 10; k++) assertNotEquals(plot(digits.with(k, "x")), plot(digits), `${k}`);
});

Deno.test("featureGrid() keeps captions apart that begin alike and do not fit", () => {
  const draw = (...captions: string[]) => {
    const cell = { ...heaps(inTurn(20)), range, result: "97.05 %" };
    const cells = [captions.map((caption) => ({ ...cell, caption }))];
    return featureGrid({ cells, classNames: digits, title: "t", cellSize: 200 }).rgba;
  };
  const [first, second] = [16, 32].map((size) => `lambda=0.1, lr=0.01, batch-size=${size}`);
  assertNotEquals(draw(first, second), draw(first, first));
});

Deno.test("sphereMap() shows the name of each center where several have one direction", () => {
  const plot = (classNames: string[]) => {
    const centers = new Float32Array(30).fill(1);
    const samples = { ...heaps(inTurn(20), { features: 3 }), centers };
    const { rgba, width } = sphereMap({ ...samples, classNames, angle: 30, title: "t" });
    return rgba.filter((_, i) => i / 4 % width < 644);
  };
  for (let k = 0; k < 10; k++) assertNotEquals(plot(digits.with(k, "x")), plot(digits), `${k}`);
});
