import { assertEquals, assertStringIncludes } from "@std/assert";
import { phasesTableOf } from "../../../experiments/report/phases_table.ts";

Deno.test("phasesTableOf() has parts down and steps across, with their shares of the whole", () => {
  const csv = [
    "adapter,network,batch,phase,workers,busiest,rest",
    'llvmpipe,resnet,64,"convolution, forward",150,80,10',
    "llvmpipe,resnet,64,SGD,38,20,2",
    "llvmpipe,resnet,64,a whole step,390,200,10",
    "llvmpipe,lenetpp,64,SGD,8.4,4.3,1",
    "llvmpipe,lenetpp,64,a whole step,500,250,25",
  ].join("\n");
  const cells = (line: string) => line.split("|").slice(1, -1).map((cell) => cell.trim());
  const [titles, , ...rows] = phasesTableOf(`${csv}\n`).map(cells);
  assertEquals([titles, ...rows], [
    ["phase", "ResNet, batch 64", "LeNet++, batch 64"],
    ["convolution, forward", "150, 80, 10: 80 %", ""],
    ["SGD", "38, 20, 2: 20 %", "8, 4, 1: 100 %"],
    ["a whole step", "390, 200, 10", "500, 250, 25"],
  ]);
  assertStringIncludes(phasesTableOf(undefined)[0], "bench:phases");
});
