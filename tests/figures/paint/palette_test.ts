import { assert, assertEquals } from "@std/assert";
import type { Rgb } from "../../../src/figures/paint/canvas.ts";
import { classColor, tenColors, tint } from "../../../src/figures/paint/palette.ts";
import { eyes, lightness, smallestDistance } from "../color_vision.ts";

/** Eight times a difference that is just visible side by side; tab10 falls to 4.6. */
const floor = 18;

for (const eye of Object.keys(eyes) as (keyof typeof eyes)[]) {
  Deno.test(`tenColors can be told apart with ${eye === "normal" ? "normal eyes" : eye}`, () => {
    const distance = smallestDistance(tenColors, eye);
    assert(distance > (eye === "normal" ? 40 : floor), `only ${distance.toFixed(1)} apart`);
  });
}

Deno.test("tenColors are of much the same lightness", () => {
  const all = tenColors.map(lightness);
  const spread = Math.max(...all) - Math.min(...all);
  assert(spread < 25, `from ${Math.min(...all)} to ${Math.max(...all)}`);
});

Deno.test("tenColors stand out from white", () => {
  for (const color of tenColors) {
    const white: Rgb = [255, 255, 255];
    for (const eye of Object.keys(eyes) as (keyof typeof eyes)[]) {
      assert(smallestDistance([color, white], eye) > 25, `${color} with ${eye}`);
    }
  }
});

Deno.test("classColor() gives a hundred classes a hundred colours", () => {
  const colors = Array.from({ length: 100 }, (_, k) => classColor(k).join());
  assertEquals(new Set(colors).size, 100);
});

Deno.test("tint() goes from white to the colour", () => {
  assertEquals(tint([10, 20, 30], 0), [255, 255, 255]);
  assertEquals(tint([10, 20, 30], 1), [10, 20, 30]);
});
