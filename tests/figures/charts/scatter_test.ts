import { assertEquals } from "@std/assert";
import { scatter } from "../../../src/figures/charts/scatter.ts";

Deno.test("scatter() draws more points than a call takes arguments", () => {
  const points = Array.from({ length: 200_000 }, (_, i) => ({ x: i % 640, y: i % 480 }));
  const panels = [{ title: "many", series: [{ name: "points", points }] }];
  const { width, height } = scatter({ title: "many", panels, xLabel: "x", yLabel: "y" });
  assertEquals([width, height], [600, 560]);
});
