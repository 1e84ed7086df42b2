/** The table of speeds by machine, from what `deno task bench --json` wrote. */
import { type Check, listOf, number, object, text } from "../../src/base/json.ts";
import { digits } from "../../src/base/format.ts";
import { type Column, tableOf, wrapped } from "../compare/markdown.ts";

/** A row of `results/bench/MACHINE/bench.json`. */
export interface SpeedRow {
  adapter: string;
  work: string;
  shape: string;
  gflops: number | null;
  imagesPerSecond: number | null;
}

/** What `bench.json` must be: rows of one machine. */
export const speedRows: Check<SpeedRow[]> = (value, name) => {
  const rows = listOf(object<SpeedRow>({
    adapter: text,
    work: text,
    shape: text,
    gflops: rate,
    imagesPerSecond: rate,
  }))(value, name);
  if (rows.length > 0) return rows;
  throw new TypeError(`${name} has no rows`);
};

/** What was not measured is null. */
function rate(value: unknown, name: string): number | null {
  return value === null || value === undefined ? null : number(0)(value, name);
}

/** Works that the table shows: a column's title, and what finds its row. */
const WORKS: readonly [title: string, work: string, shape: RegExp][] = [
  ["multiply-add limit", "limit: multiply-add", /./],
  ["matmul 512", "matmul", /^512x512 /],
  ["conv 5x5 forward", "conv2d forward", /5x5/],
  ["input gradient", "conv2d input gradient", /5x5/],
  ["weight gradient", "conv2d weight gradient", /5x5/],
  ["LeNet++ step", "training step", /^LeNet\+\+.*, 32x/],
  ["ResNet step", "training step", /^ResNet.*, 32x/],
];
const SOFTWARE = /llvmpipe|swiftshader|warp/i;

const COLUMNS: readonly Column<readonly SpeedRow[]>[] = [
  ["adapter", "left", ([{ adapter }]) => adapter],
  ...WORKS.map(([title, work, shape]): Column<readonly SpeedRow[]> => [
    title,
    "right",
    (rows) => {
      const row = rows.find((row) => row.work === work && shape.test(row.shape));
      const value = row?.imagesPerSecond ?? row?.gflops;
      return value === undefined || value === null ? "" : digits(value);
    },
  ]),
];

/** A line for each machine, and an empty one for a GPU while none was measured. */
export function speedTableOf(machines: readonly SpeedRow[][]): string[] {
  const none = { adapter: "a GPU: none could be used yet", work: "", shape: "" };
  const gpu = machines.some(([{ adapter }]) => !SOFTWARE.test(adapter));
  return [
    ...tableOf(
      COLUMNS,
      gpu ? machines : [...machines, [{ ...none, gflops: null, imagesPerSecond: null }]],
    ),
    "",
    ...wrapped(
      "GFLOP/s; training steps at batch 32 in images a second. Medians of one sitting, but the limit of multiply-adds is " +
        "that of the fastest sample. Operations are counted as the direct formula has them, so where Winograd's products do fewer, " +
        "a figure may pass the limit.",
    ),
  ];
}
