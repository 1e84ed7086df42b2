import { assertEquals } from "@std/assert";
import { scatter } from "../../../src/figures/charts/scatter.ts";

Deno.test("scatter() draws more points than a call takes arguments", () => {
  const points = Array.from({ length: 200_000 }, (_, i) => ({ x: i % 640, y: i % 480 }));
  const panels = [{ title: "many", series: [{ name: "points", points }] }];
  const { width, height } = scatter({ title: "many", panels, xLabel: "x", yLabel: "y" });
  assertEquals([width, height], [600, 560]);
});

Deno.test("scatter() writes notes below names where three panels have no room beside them", () => {
  const heightOf = (note: string, panels: number) => {
    const series = Array.from({ length: 5 }, (_, k) => ({ name: `${k}`, note, points: [] }));
    const all = new Array(panels).fill({ title: "p", series });
    return scatter({ title: "t", panels: all, xLabel: "x", yLabel: "y" }).height;
  };
  const long = "r −0.65, shuffled 0.01 ± 0.14, p 0.001, of 45 pairs";
  assertEquals([heightOf(long, 2), heightOf("r −0.65", 3)], [578, 578]);
  assertEquals(heightOf(long, 3), 578 + 5 * 20);
});
