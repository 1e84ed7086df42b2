import { assertEquals, assertStringIncludes } from "@std/assert";
import { PHASE_COLUMNS, phasesTableOf } from "../../../experiments/report/phases_table.ts";
import { parseLines } from "../../../src/base/csv_lines.ts";
import { cellsOf } from "./cells.ts";

const HEADER = "adapter,network,batch,phase,workers,busiest,rest";

const tableOf = (lines: string[]) =>
  phasesTableOf(parseLines(`${[HEADER, ...lines].join("\n")}\n`, "phases.csv", PHASE_COLUMNS));

Deno.test("phasesTableOf() has parts down and steps across, with their shares of the whole", () => {
  const [titles, , ...rows] = tableOf([
    'llvmpipe,resnet,64,"convolution, forward",150,80,10',
    "llvmpipe,resnet,64,SGD,38,20,2",
    "llvmpipe,resnet,64,a whole step,390,200,10",
    "llvmpipe,lenetpp,64,SGD,8.4,4.3,1",
    "llvmpipe,lenetpp,64,a whole step,500,250,25",
  ]).map(cellsOf);
  assertEquals([titles, ...rows], [
    ["phase", "ResNet, batch 64", "LeNet++, batch 64"],
    ["convolution, forward", "150, 80, 10: 80 %", ""],
    ["SGD", "38, 20, 2: 20 %", "8, 4, 1: 100 %"],
    ["a whole step", "390, 200, 10", "500, 250, 25"],
  ]);
  assertStringIncludes(phasesTableOf([])[0], "bench:phases");
});

Deno.test("phasesTableOf() has a dash for what was not measured", () => {
  const [, , ...rows] = tableOf([
    "llvmpipe,resnet,64,SGD,30,,",
    "llvmpipe,resnet,64,batch norm,60,0,10",
  ]).map(cellsOf);
  assertEquals(rows, [["SGD", "30, -, -: 30 %"], ["batch norm", "60, 0, 10: 70 %"]]);
});
