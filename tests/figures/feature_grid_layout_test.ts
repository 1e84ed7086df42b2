import { assert, assertEquals } from "@std/assert";
import { gridLayout, type GridParts } from "../../src/figures/feature_grid_layout.ts";

const bare: GridParts = {
  rows: 1,
  columns: 1,
  shared: true,
  tickWidth: 30,
  legendRows: () => 1,
  has: { subtitle: false, columnTitles: false, rowTitles: false, captions: false },
};
const all = { subtitle: true, columnTitles: true, rowTitles: true, captions: true };

for (
  const [rows, columns, side] of [[1, 1, 360], [1, 4, 193], [2, 2, 360], [3, 2, 267], [4, 3, 190]]
) {
  Deno.test(`gridLayout() keeps ${rows} x ${columns} plots within 960 x 1100 pixels`, () => {
    const layout = gridLayout({ ...bare, rows, columns, has: all });
    assert(layout.width <= 960 && layout.height <= 1100, `${layout.width} x ${layout.height}`);
    assertEquals(layout.areas.flat().map(({ width }) => width), Array(rows * columns).fill(side));
  });
}

Deno.test("gridLayout() keeps plots of 120 pixels, or of the size asked for, in a larger frame", () => {
  const sides = (parts: Partial<GridParts>) =>
    gridLayout({ ...bare, columns: 9, ...parts }).areas[0][0].width;
  assertEquals([sides({}), sides({ cellSize: 99.6 })], [120, 100]);
});

Deno.test("gridLayout() makes plots lower where a narrow frame makes the legend higher", () => {
  const legendRows = (width: number) => width < 900 ? 3 : 1;
  const { height, areas } = gridLayout({ ...bare, rows: 4, columns: 3, legendRows });
  assert(
    height <= 1100 &&
      areas[0][0].width < gridLayout({ ...bare, rows: 4, columns: 3 }).areas[0][0].width,
  );
});

Deno.test("gridLayout() puts plots of own ranges further apart, for their numbers", () => {
  const gap = (shared: boolean) => {
    const [[{ left, width }, next]] = gridLayout({ ...bare, columns: 2, shared }).areas;
    return next.left - left - width;
  };
  assertEquals([gap(true), gap(false)], [16, 56]);
});
