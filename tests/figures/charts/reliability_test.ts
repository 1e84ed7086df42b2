import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import type { Frame, Rgb } from "../../../src/figures/paint/canvas.ts";
import { classColor, tint } from "../../../src/figures/paint/palette.ts";
import { reliability, type ReliabilityOptions } from "../../../src/figures/charts/reliability.ts";
import type {
  ReliabilityBin,
  ReliabilityPanel,
} from "../../../src/figures/charts/reliability_panel.ts";
import { textWidth } from "../../../src/figures/paint/text.ts";
import { assertColor, assertOpaque, colorAt, like, spot } from "../pixels.ts";

const barColor = tint(classColor(0), 0.55);
const gapColor = tint(classColor(3), 0.4);
const countColor: Rgb = [150, 156, 166];

function panel(bins: ReliabilityBin[], more: Partial<ReliabilityPanel> = {}): ReliabilityPanel {
  return { name: "test", bins, ece: 0.05, meanConfidence: 0.8, accuracy: 0.75, ...more };
}

function draw(bins: ReliabilityBin[], more: Partial<ReliabilityOptions> = {}): Frame {
  return reliability({ title: "test", panels: [panel(bins)], ...more });
}

/** A diagram alone is 520 pixels wide from (84, 148) on where there is no second line. */
function pixelOf(confidence: number, share: number): [number, number] {
  return [84 + Math.floor(520 * confidence), 148 + Math.floor(520 * (1 - share))];
}

Deno.test("reliability() has bars as high as the accuracy, and marks the gap to the confidence", () => {
  const frame = draw([
    { confidence: 0.1, accuracy: 0.1, count: 3 },
    { confidence: 0.37, accuracy: 0.15, count: 50 },
    { confidence: 0.63, accuracy: 0.87, count: 50 },
    { confidence: 0, accuracy: 0, count: 0 },
  ]);
  // Too sure: the gap lies above the bar.
  for (const share of [0.03, 0.12]) assertColor(frame, pixelOf(0.45, share), barColor);
  for (const share of [0.17, 0.35]) assertColor(frame, pixelOf(0.45, share), gapColor);
  assertColor(frame, pixelOf(0.45, 0.15), classColor(0), "the bar's end");
  assertColor(frame, pixelOf(0.45, 0.39), [255, 255, 255]);
  // Not sure enough: it lies at the top of the bar.
  for (const share of [0.03, 0.61]) assertColor(frame, pixelOf(0.55, share), barColor);
  for (const share of [0.65, 0.86]) assertColor(frame, pixelOf(0.55, share), gapColor);
  assertColor(frame, pixelOf(0.55, 0.89), [255, 255, 255]);
  // Exactly as sure as right: no gap. No samples: no bar.
  const ofGap = like(gapColor, 1);
  assertEquals(spot(frame, ofGap, [84, 148, 84 + 130, 668]).pixels, 0);
  const painted = (color: number[]) => ofGap(color) || like(barColor, 1)(color);
  assertEquals(spot(frame, painted, [84 + 392, 148, 604, 668]).pixels, 0);
});

Deno.test("reliability() explains its colours with those that it uses", () => {
  const frame = draw([{ confidence: 0.9, accuracy: 0.5, count: 9 }]);
  assertColor(frame, [90, 70], barColor);
  assertColor(frame, [90, 62], classColor(0));
  const next = 84 + Math.ceil(34 + textWidth("accuracy")) + 24;
  assertColor(frame, [next, 62], gapColor, "first pixel of the swatch");
  assertColor(frame, [next + 25, 73], gapColor, "its last");
  assertColor(frame, [next + 26, 73], [255, 255, 255], "behind it");
  assertColor(frame, pixelOf(0.5, 0.7), gapColor);
});

Deno.test("reliability() counts samples on a logarithmic axis, the same for all panels", () => {
  const bin = (count: number) => ({ confidence: 0.5, accuracy: 0.5, count });
  const counts = [[1, 10, 100, 1000], [1000, 100, 0, 1]];
  const panels = counts.map((of) => panel(of.map(bin)));
  const frame = draw([], { panels });
  // 372 pixels wide each; the histogram is 84 high, below the diagram and a gap of 16.
  const top = 148 + 372 + 16;
  const heights = counts.map((of, p) =>
    of.map((_, i) => {
      const x = p * 480 + 84 + Math.floor((i + 0.5) * 93);
      return spot(frame, like(countColor, 0), [x, top, x + 1, top + 84]).pixels;
    })
  );
  const expected = (count: number) =>
    count ? Math.round(84 * Math.log(count / 0.6) / Math.log(1600 / 0.6)) : 0;
  assertEquals(heights, counts.map((of) => of.map(expected)));
});

Deno.test("reliability() is larger alone, and grows with panels, side and key", () => {
  const one = panel([{ confidence: 0.5, accuracy: 0.5, count: 1 }]);
  const size = (options: Partial<ReliabilityOptions>) => {
    const { width, height } = reliability({ title: "test", panels: [one], ...options });
    return [width, height];
  };
  assertEquals(size({}), [84 + 520 + 24, 148 + 520 + 16 + 84 + 58]);
  assertEquals(size({ panels: [one, one] }), [2 * 480, 148 + 372 + 158]);
  assertEquals(size({ panels: [one, one, one], subtitle: "second" }), [3 * 480, 170 + 372 + 158]);
  // The key of a small one takes a line for each of its three colours.
  assertEquals(size({ side: 160 }), [84 + 160 + 24, 148 + 44 + 160 + 158]);
});

Deno.test("reliability() keeps its key inside the frame, however small", () => {
  for (const side of [160, 250, 372, 520]) {
    const frame = draw([{ confidence: 0.5, accuracy: 0.5, count: 1 }], { side });
    const dark = ([red]: number[]) => red < 200;
    const right = [frame.width - 20, 50, frame.width, frame.height - 200];
    assertEquals(spot(frame, dark, right).pixels, 0, `${side}`);
  }
});

Deno.test("reliability() writes the error and the means, and a dash for what is not a number", () => {
  const bins = [{ confidence: 0.5, accuracy: 0.5, count: 1 }];
  const frames = [{}, { ece: 0.06 }, { accuracy: 0.74 }, { meanConfidence: NaN }, { name: "b" }]
    .map((more) => reliability({ title: "test", panels: [panel(bins, more)] }));
  for (const other of frames.slice(1)) assertNotEquals(other.rgba, frames[0].rgba);
});

Deno.test("reliability() takes bins that are all empty, and accuracies of 0 and 1", () => {
  const empty = draw([{ confidence: NaN, accuracy: NaN, count: 0 }]);
  const any = (color: number[]) => like(barColor, 1)(color) || like(gapColor, 1)(color);
  assertEquals(spot(empty, any, [84, 148, 604, 668]).pixels, 0);
  const ends = draw([
    { confidence: 0, accuracy: 0, count: 5 },
    { confidence: 1, accuracy: 1, count: 5 },
  ]);
  assertColor(ends, [100, 667], classColor(0), "a bar without height");
  assertColor(ends, [500, 148], classColor(0), "a bar of the whole height");
  assertColor(ends, [500, 400], barColor);
});

Deno.test("reliability() gives equal bytes for equal input, all opaque", () => {
  const bins = Array.from({ length: 15 }, (_, i) => ({
    confidence: (i + 0.5) / 15,
    accuracy: (i / 15) ** 2,
    count: i * i,
  }));
  for (const panels of [[panel(bins)], [panel(bins), panel(bins)]]) {
    const [first, second] = [0, 1].map(() => reliability({ title: "t", subtitle: "s", panels }));
    assertEquals(first.rgba, second.rgba);
    assertOpaque(first);
    assertEquals(colorAt(first, 0, 0), [255, 255, 255]);
  }
});

Deno.test("reliability() refuses what cannot be", () => {
  const bin = { confidence: 0.5, accuracy: 0.5, count: 1 };
  const refuse = (more: Partial<ReliabilityOptions>, message: string) =>
    assertThrows(() => draw([bin], more), RangeError, message);
  refuse({ panels: [] }, "Cannot draw reliability without panels: give at least one");
  refuse({ panels: [panel([])] }, "Cannot draw the reliability of test without bins");
  refuse({ side: 159 }, "Cannot draw a diagram of 159 pixels: it needs at least 160");
  refuse({ side: 200.5 }, "Cannot draw a diagram of 200.5 pixels");
  for (const count of [-1, 0.5, NaN]) {
    refuse({ panels: [panel([{ ...bin, count }])] }, `Cannot draw a bin of ${count} samples`);
  }
  refuse({ panels: [panel([{ ...bin, accuracy: 1.1 }])] }, "Cannot draw the share 1.1 of test");
  refuse({ panels: [panel([{ ...bin, confidence: NaN }])] }, "it must lie from 0 to 1");
  assert(draw([{ ...bin, accuracy: 1 + 1e-4 }]).width > 0, "rounding is forgiven");
});
