import { assertEquals } from "@std/assert";
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
