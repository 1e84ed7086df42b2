import { assertEquals } from "@std/assert";
import { valueAxis } from "../../../src/figures/charts/panel.ts";
import { curves } from "../../../src/figures/charts/curves.ts";

Deno.test("curves() keeps the name of a vertical axis beside its plot", () => {
  const draw = (yLabel: string) =>
    curves({
      title: "t",
      size: { width: 400, height: 260 },
      panels: [{ title: "p", yLabel, series: [{ name: "s", values: [1, 2] }] }],
    });
  const rowsWithInk = (yLabel: string) => {
    const { rgba, width, height } = draw(yLabel);
    const inked = (row: number) =>
      Array.from({ length: 46 }, (_, x) => rgba[4 * (row * width + x)]).some((red) => red < 250);
    return Array.from({ length: height }, (_, row) => row).filter(inked);
  };
  const short = rowsWithInk("short"), long = rowsWithInk("a name that is much too long ".repeat(9));
  assertEquals(short.length < 60 && short.length > 10, true);
  // The plot ends 60 pixels above the frame's edge.
  assertEquals(long.at(-1)! <= 260 - 60 && long.length > 3 * short.length / 2, true);
  assertEquals(long[0] > 60, true);
});

const panelOf = (count: number, from = 0) => ({
  title: "p",
  yLabel: "y",
  series: Array.from({ length: count }, (_, i) => ({
    name: `lambda=0.${from + i}, batch-size=64`,
    values: [from + i + 1, 2],
  })),
});

Deno.test("curves() makes three panels as wide as two, and as high as a long legend needs", () => {
  const sizeOf = (panels: ReturnType<typeof panelOf>[]) => {
    const { width, height } = curves({ title: "t", legend: "once", panels });
    return [width, height];
  };
  const few = panelOf(3);
  assertEquals(sizeOf([few]), [600, 480]);
  assertEquals(sizeOf([few, few]), [1200, 480]);
  assertEquals(sizeOf([few, few, few]), [1200, 480]);
  const [width, height] = sizeOf(new Array(3).fill(panelOf(90)));
  assertEquals([width, height > 800], [1200, true]);
});

Deno.test("curves() has the series of all panels in a legend that stands once", () => {
  const height = (panels: ReturnType<typeof panelOf>[]) =>
    curves({ title: "t", legend: "once", panels }).height;
  // Sixty names take more room than thirty, whichever panel has them, and each stands once.
  assertEquals(height([panelOf(30), panelOf(30, 30)]), height([panelOf(60), panelOf(60)]));
  assertEquals(height([panelOf(30), panelOf(30)]), height([panelOf(30), panelOf(1)]));
});

Deno.test("valueAxis() starts at zero where all values are the same, and never beyond what shares can be", () => {
  const axis = (...values: number[]) => valueAxis([{ name: "s", values }]);
  const ends = ({ min, max, ticks }: ReturnType<typeof axis>) => [min, max, ticks.at(-1)];
  assertEquals(ends(axis(1, 1)), [0, 1.05, 1]);
  assertEquals(ends(axis(0)), [0, 1, 1]);
  assertEquals(axis(-2).min < -2, true);
});
