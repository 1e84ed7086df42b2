import { assert, assertEquals, assertThrows } from "@std/assert";
import { classColor, tint } from "../../src/figures/palette.ts";
import { reliability } from "../../src/figures/reliability.ts";
import type { ReliabilityBin, ReliabilityPanel } from "../../src/figures/reliability_panel.ts";
import { count, pixelAt } from "./pixels.ts";

const blue = tint(classColor(0), 0.55), red = tint(classColor(3), 0.4);
const bins: ReliabilityBin[] = [
  { confidence: 0, accuracy: 0, count: 0 },
  { confidence: 0.3, accuracy: 0.5, count: 10 },
  { confidence: 0.6, accuracy: 0.2, count: 100 },
  { confidence: 0.9, accuracy: 0.9, count: 1000 },
];
const panel: ReliabilityPanel = {
  name: "one",
  bins,
  ece: 0.04,
  meanConfidence: 0.87,
  accuracy: 0.83,
};

function draw(panels: ReliabilityPanel[] = [panel], side?: number) {
  return reliability({ title: "test", subtitle: "below", panels, side });
}

/** The colour at a confidence and an accuracy; the diagram is 372 pixels wide from (84, 164) on. */
function colorAt(frame: ReturnType<typeof draw>, x: number, y: number): number[] {
  return pixelAt(frame, 84 + x * 372, 164 + (1 - y) * 372);
}

Deno.test("reliability() draws bars to the accuracy and the gap to the confidence", () => {
  const frame = draw();
  // Too certain: the gap stands on the bar. Not certain enough: it is the bar's upper end.
  assertEquals(colorAt(frame, 0.55, 0.1), blue);
  assertEquals(colorAt(frame, 0.55, 0.4), red);
  assertEquals(colorAt(frame, 0.45, 0.2), blue);
  assertEquals(colorAt(frame, 0.3, 0.4), red);
  assertEquals(colorAt(frame, 0.55, 0.198), classColor(0));
  assertEquals(colorAt(frame, 0.3, 0.7), [255, 255, 255]);
  assertEquals(colorAt(frame, 0.1, 0.05), [255, 255, 255]);
});

Deno.test("reliability() draws the counts below, on a logarithmic axis", () => {
  const frame = draw();
  const heights = [0.1, 0.3, 0.6, 0.9].map((x) => {
    const window = { left: Math.floor(84 + x * 372), top: 552, width: 1, height: 84 };
    return count(frame, [150, 156, 166], { window });
  });
  assertEquals(heights[0], 0);
  const [first, second] = [heights[2] - heights[1], heights[3] - heights[2]];
  assert(first > 15 && Math.abs(first - second) <= 1, `${heights}`);
});

Deno.test("reliability() draws panels side by side, in one size", () => {
  assertEquals([draw().width, draw().height], [480, 694]);
  assertEquals([draw([panel, panel]).width, draw([panel, panel]).height], [960, 694]);
  assertEquals([draw([panel], 200).width, draw([panel], 200).height], [308, 522]);
  assertEquals(draw().rgba, draw().rgba);
});

Deno.test("reliability() draws no samples at all", () => {
  const none = bins.map(() => ({ confidence: NaN, accuracy: NaN, count: 0 }));
  const frame = draw([{ ...panel, bins: none, ece: NaN, meanConfidence: NaN, accuracy: NaN }]);
  const window = { left: 84, top: 200, width: 372, height: 336 };
  assertEquals(count(frame, blue, { window }), 0);
});

Deno.test("reliability() refuses shares and counts that are none", () => {
  assertThrows(() => draw([]), RangeError, "Cannot draw reliability without panels");
  assertThrows(() => draw([{ ...panel, bins: [] }]), RangeError, "reliability of one without bins");
  assertThrows(() => draw([panel], 20), RangeError, "Cannot draw a diagram of 20 pixels");
  const wrong = (bin: Partial<ReliabilityBin>) => () =>
    draw([{ ...panel, bins: bins.with(1, { ...bins[1], ...bin }) }]);
  assertThrows(wrong({ accuracy: 1.2 }), RangeError, "Cannot draw the share 1.2 of one");
  assertThrows(wrong({ confidence: NaN }), RangeError, "Cannot draw the share NaN of one");
  assertThrows(wrong({ count: 0.5 }), RangeError, "Cannot draw a bin of 0.5 samples");
});
