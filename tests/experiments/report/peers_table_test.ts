/** The README's comparison with other programs. */
import { assertEquals } from "@std/assert";
import { PEER_COLUMNS, peersTableOf } from "../../../experiments/report/peers_table.ts";
import { parseLines } from "../../../src/base/csv_lines.ts";

const HEADER = "work,shape,program,version,adapter,gflops,imagesPerSecond,ratioToOurs,note\n";

const tableOf = (csv: string) => peersTableOf(parseLines(csv, "peers.csv", PEER_COLUMNS));

Deno.test("peersTableOf() has works down and programs across, with ratios beside the others' rates", () => {
  const csv = HEADER +
    'matmul,8x8,ours,0.1.0,"an adapter, 8 bits",27.123,,1,\n' +
    'matmul,8x8,tfjs-webgpu,4.22.0,"an adapter, 8 bits",3.3,,0.12167,\n' +
    "step,2x2,ours,0.1.0,an adapter,5,1234.5,1,\n" +
    "step,2x2,tfjs-webgpu,,,,,,it took too long\n";
  assertEquals(tableOf(csv), [
    "| work   | shape | unit     | centerlab 0.1.0 | tfjs-webgpu 4.22.0 |",
    "| ------ | ----- | -------- | --------------: | -----------------: |",
    "| matmul | 8x8   | GFLOP/s  |            27.1 |      3.30 (0.122x) |",
    "| step   | 2x2   | images/s |            1235 |                  - |",
    "",
    "- centerlab, tfjs-webgpu: an adapter, 8 bits.",
    "- centerlab: an adapter.",
    "- tfjs-webgpu, step: it took too long.",
  ]);
});

Deno.test("peersTableOf() says so where nothing was measured", () => {
  assertEquals(tableOf(HEADER)[0].startsWith("No comparison is in the repository yet"), true);
});

Deno.test("peersTableOf() has a rate alone where it is not known how fast ours is", () => {
  const csv = HEADER + "step,2x2,tfjs-webgpu,4.22.0,an adapter,5,1234.5,,\n";
  assertEquals(tableOf(csv)[2], "| step | 2x2   | images/s |               1235 |");
});
