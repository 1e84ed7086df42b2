import { assertEquals } from "@std/assert";
import { decode } from "npm:fast-png@8.0.0";
import { fillDisc, newFrame } from "../../../src/figures/paint/canvas.ts";
import { encodePng } from "../../../src/figures/paint/png.ts";

Deno.test("encodePng() holds the pixels, as 8-bit RGB", () => {
  const frame = newFrame(300, 20, [10, 200, 30]);
  fillDisc(frame, 200, 10, 8, [255, 0, 90]);
  const { width, height, depth, channels, data } = decode(encodePng(frame));
  assertEquals([width, height, depth, channels], [300, 20, 8, 3]);
  assertEquals([...data], [...frame.rgba].filter((_, i) => i % 4 < 3));
});
