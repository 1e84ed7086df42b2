import { assertAlmostEquals } from "@std/assert";
import { newFrame } from "../../../src/figures/paint/canvas.ts";
import { paintMask } from "../../../src/figures/paint/mask.ts";
import { strokeLine } from "../../../src/figures/paint/stroke.ts";

Deno.test("paintMask() measures how much of each pixel is covered", () => {
  const { share } = paintMask(3, 3, [4, 16], (context) => {
    context.beginPath();
    context.rect(0.5, 0.25, 2, 1.75);
    context.fill();
  });
  [0.375, 0.75, 0.375, 0.5, 1, 0.5, 0, 0, 0].forEach((expected, i) =>
    assertAlmostEquals(share[i], expected, 0.01)
  );
});

Deno.test("paintMask() does not count twice what is painted twice", () => {
  const { share } = paintMask(2, 1, [4, 16], (context) => {
    for (const width of [1.25, 1.25, 0.5]) context.fillRect(0, 0, width, 1);
  });
  assertAlmostEquals(share[0], 1, 0.01);
  assertAlmostEquals(share[1], 0.25, 0.01);
});

Deno.test("strokeLine() draws a flat slope without steps", () => {
  const frame = newFrame(100, 20);
  strokeLine(frame, [[5, 8], [50, 9], [95, 10]], { width: 2, color: [0, 0, 0] });
  for (let x = 10; x < 90; x++) {
    let [sum, moment] = [0, 0];
    for (let y = 0; y < 20; y++) {
      const share = 1 - frame.rgba[4 * (y * 100 + x)] / 255;
      sum += share;
      moment += share * (y + 0.5);
    }
    assertAlmostEquals(sum, 2, 0.2);
    assertAlmostEquals(moment / sum, 8 + (x + 0.5 - 5) / 45, 0.1);
  }
});
