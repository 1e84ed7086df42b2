/**
 * The gradient checks of the matrix product and the convolution, and the whole of the parity files, under every tile
 * that the tuner may choose: `deno task test:tiles`. It compiles many large kernels, so it stands beside `deno task
 * test`, not in it.
 */
import { GPU_CANDIDATES, SOFTWARE_CANDIDATES } from "../src/gpu/candidates.ts";
import { gpu } from "../src/gpu/device.ts";
import { defaultTiles, type Tile, TILED, type Tiled, type Tiles } from "../src/gpu/tiles.ts";
import { conv2dCases } from "./ops/conv2d.ts";
import { linearCases, matmulCases } from "./ops/matmul.ts";
import "./open_device.ts";
import { testOp } from "./ops/op_case.ts";
import { assertParity, PARITY_FILES } from "./parity/assert_parity.ts";

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
        for (const name of PARITY_FILES) await assertParity(name);
      } finally {
        gpu().tiles = own;
      }
    });
  }
}
