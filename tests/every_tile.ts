/**
 * The gradient checks of the matrix product and the convolution, and the whole of the parity files, under every tile
 * that the tuner may choose: `deno task test:tiles`. It compiles many large kernels, so it stands beside `deno task
 * test`, not in it.
 */
import { assert } from "@std/assert";
import { GPU_CANDIDATES, SOFTWARE_CANDIDATES } from "../src/gpu/candidates.ts";
import { gpu, openGpu } from "../src/gpu/device.ts";
import { defaultTiles, type Tile, TILED, type Tiled, type Tiles } from "../src/gpu/tiles.ts";
import { conv2dCases } from "./ops/conv2d.ts";
import { linearCases, matmulCases } from "./ops/matmul.ts";
import { testOp } from "./ops/op_case.ts";
import { line } from "./parity/cli.ts";
import { passed } from "./parity/compare.ts";
import { readParityFile } from "./parity/format.ts";
import { compareOp } from "./parity/op_case.ts";
import { compareRun } from "./parity/training_run.ts";

const FILES = [
  "ops",
  "lenetpp-xent",
  "lenetpp-center-kz",
  "lenetpp-center-jx",
  "lenetpp-center-caffe",
  "lenetpp-leaky-mx",
  "lenetpp-inter",
  "resnet-cent",
].map((name) => `tests/fixtures/${name}.json`);

/** The n-th candidate of every kernel, or its last. */
function tilesOf(software: boolean, n: number): Tiles {
  const candidates: Record<Tiled, Tile[]> = software ? SOFTWARE_CANDIDATES : GPU_CANDIDATES;
  const tiles = { ...defaultTiles({ software, subgroupSize: gpu().adapter.subgroupSize }) };
  for (const kernel of TILED) {
    tiles[kernel] = candidates[kernel].at(n) ?? candidates[kernel].at(-1)!;
  }
  return tiles;
}

function most(candidates: Record<Tiled, Tile[]>): number {
  return Math.max(...Object.values(candidates).map((list) => list.length));
}

Deno.test.beforeAll(async () => void await openGpu());
// Idle first: processes that close a driver at work have been seen to abort as they end.
Deno.test.afterAll(async () => {
  await gpu().device.queue.onSubmittedWorkDone();
  gpu().close();
});

for (
  const [kind, candidates] of Object.entries({ software: SOFTWARE_CANDIDATES, GPU: GPU_CANDIDATES })
) {
  for (let n = 0; n < most(candidates); n++) {
    const tiles = () => tilesOf(kind === "software", n);
    const under = `with ${kind} candidate ${n + 1}`;
    for (
      const [op, cases] of Object.entries({
        matmul: matmulCases,
        linear: linearCases,
        conv2d: conv2dCases,
      })
    ) {
      for (const test of cases) testOp(op, { ...test, name: `${test.name}, ${under}`, tiles });
    }
    Deno.test(`parity with PyTorch, ${under}`, async () => {
      const own = gpu().tiles;
      gpu().tiles = tiles();
      try {
        for (const path of FILES) {
          const file = await readParityFile(path);
          const results = "cases" in file
            ? await inTurn(file.cases, compareOp)
            : [await compareRun(file)];
          for (const result of results) assert(passed(result), line(result));
        }
      } finally {
        gpu().tiles = own;
      }
    });
  }
}

async function inTurn<T, R>(items: readonly T[], f: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await f(item));
  return results;
}
