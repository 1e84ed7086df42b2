/**
 * The tiles of every kind of adapter give correct results on the adapter here. The other tests run with those chosen
 * for it, so what is here is what they leave out.
 */
import { assert, assertEquals } from "@std/assert";
import { GPU_CANDIDATES } from "../../src/tune/candidates.ts";
import { gpu } from "../../src/gpu/device.ts";
import {
  defaultTiles,
  fittedTile,
  MODEST_GPU_TILES,
  SOFTWARE_TILES,
  type Tile,
  TILED,
  type Tiles,
} from "../../src/gpu/tiles/tiles.ts";
import { convCase, narrowCases } from "./conv2d.ts";
import { matmulCase } from "./matmul.ts";
import { geometryOf, partsOfPixels, partsOfRows } from "../../src/ops/conv2d_geometry.ts";
import {
  forwardTakesWinograd,
  inputGradTakesWinograd,
  weightGradTakesWinograd,
} from "../../src/ops/conv2d_winograd.ts";
import { conv2d, ones } from "../../src/ops/mod.ts";
import { scope } from "../../src/tensor/scope.ts";
import { noGrad } from "../../src/tensor/tape.ts";
import { type OpCase, testOp, useTiles } from "./op_case.ts";

/** The software tiles fitted to the adapter here, with its subgroups or as if it had none. */
function softwareTiles(subgroups: boolean): Tiles {
  const { adapter } = gpu();
  const subgroupSize = subgroups ? adapter.subgroupSize : 0;
  return defaultTiles({ ...adapter, software: true, subgroupSize });
}

const narrow = narrowCases.map((test): [string, OpCase] => ["conv2d", test]);

/** One tile for all kernels, fitted to the adapter here, read from storage. */
function everywhere(tile: Tile): Tiles {
  const tiles = { operands: "storage" } as Tiles;
  for (const kernel of TILED) tiles[kernel] = fittedTile(tile, gpu().adapter);
  return tiles;
}

function check(kind: string, tiles: () => Tiles, cases: [string, OpCase][]) {
  for (const [op, test] of cases) {
    testOp(op, { ...test, name: `${test.name}, with ${kind}`, tiles });
  }
}

// One image row of more pixels than a workgroup takes, and more channels than a thread takes.
check("SOFTWARE_TILES", () => softwareTiles(true), [
  ["matmul", matmulCase([131, 3, 17], true, true)],
  ["conv2d", convCase("handles a long row", { x: [1, 1, 257, 3], kernel: 1, out: 4 })],
  ["conv2d", convCase("strides", { x: [1, 8, 7, 3], kernel: 3, out: 5, stride: 2, padding: 1 })],
  ...narrow,
]);
check("SOFTWARE_TILES without subgroups", () => softwareTiles(false), [
  ["conv2d", convCase("strides", { x: [1, 8, 7, 3], kernel: 3, out: 5, stride: 2, padding: 1 })],
  ...narrow,
]);

Deno.test("conv2d() takes Winograd's products where its tiles say so and they save time", () => {
  const tiles = defaultTiles({ software: true, subgroupSize: 8 });
  const taken = (shape: string, own = tiles) => {
    using _ = useTiles(own);
    const g = geometryOf(shape)!;
    return [forwardTakesWinograd(g), inputGradTakesWinograd(g), weightGradTakesWinograd(g)];
  };
  const all = [true, true, true], none = [false, false, false];
  assertEquals(taken("64x28x28x32 5x5 to 32, stride 1, padding 2"), all);
  assertEquals(taken("64x7x7x128 3x3 to 128, stride 1, padding 1"), all);
  assertEquals(taken("64x13x13x32 3x3 to 32, stride 1, padding 1"), none);
  assertEquals(taken("64x26x26x32 3x3 to 32, stride 1, padding 1"), [true, false, true]);
  assertEquals(taken("64x13x13x64 3x3 to 64, stride 2, padding 1"), none);
  assertEquals(taken("1x7x7x128 3x3 to 128, stride 1, padding 1"), none);
  // What takes more memory than the adapter binds, or longer loops than it may run, goes the direct way.
  const most = Math.floor(gpu().pool.mostBytes / (8 * 28 * 7 * 32 * 4));
  assertEquals(taken(`${most}x28x28x32 5x5 to 32, stride 1, padding 2`), all);
  assertEquals(taken(`${most + 1}x28x28x32 5x5 to 32, stride 1, padding 2`), none);
  assertEquals(taken("1x32x32x6560 5x5 to 8, stride 1, padding 2")[0], false);
  const plain = defaultTiles({ software: true, subgroupSize: 0 });
  assertEquals(taken("64x7x7x128 3x3 to 128, stride 1, padding 1", plain), none);
});

Deno.test("the pixels of a weight's gradient are cut into parts that any driver runs to their end", () => {
  for (const batch of [1, 157, 200, 4096]) {
    const g = geometryOf(`${batch}x28x28x32 5x5 to 32, stride 1, padding 2`)!;
    const rows = partsOfRows(g, 1000, 1), pixels = partsOfPixels(g, 1000, 1);
    assert(rows.partRows * (28 + 2) < 65_535 && rows.partRows * rows.parts >= rows.pixelRows);
    assert(pixels.partPixels / 4 < 65_535 && pixels.partPixels * pixels.parts >= pixels.pixels);
  }
});

Deno.test("conv2d() keeps no strips where no gradient is asked for", () => {
  using _tiles = useTiles(softwareTiles(true));
  using _ = scope();
  const x = ones([64, 7, 7, 128]), weight = ones([3, 3, 128, 128]);
  weight.requiresGrad = true;
  const bytes = [1, 2].map(() => {
    noGrad(() => conv2d(x, weight, undefined, { padding: 1 })).dispose();
    return gpu().pool.liveBytes;
  });
  assertEquals(bytes[1], bytes[0]);
});

// Neighbouring threads share nothing: a GPU's plain kernels.
const alone = { ...SOFTWARE_TILES.matmul, rows: 4, cols: 2, lanes: 64, share: "nothing" } as const;
check("tiles that share nothing", () => everywhere(alone), [
  ["matmul", matmulCase([257, 3, 9], false, false)],
  ["matmul", matmulCase([65, 3, 17], true, true)],
  ["conv2d", convCase("handles a long row", { x: [1, 1, 521, 3], kernel: 1, out: 4 })],
  ["conv2d", convCase("takes many channels", { x: [2, 4, 3, 9], kernel: 3, out: 9, padding: 1 })],
  ["conv2d", convCase("strides", { x: [1, 8, 7, 9], kernel: 3, out: 9, stride: 2, padding: 1 })],
  ...narrow,
]);

// The smallest workgroup, 64 x 16 sums, two blocks of a slice to some threads: what has one more in any direction needs
// a second workgroup. Products of one row or column, whose workgroups are cut down, and reductions in parts.
const small: Tile = {
  rows: 8,
  cols: 1,
  lanes: 32,
  lanesX: 4,
  depth: 8,
  parallel: 8,
  share: "workgroup",
};
check("small tiles in workgroup memory", () => everywhere(small), [
  ["matmul", matmulCase([1, 1, 1], false, false)],
  ["matmul", matmulCase([65, 17, 19], false, false)],
  ["matmul", { ...matmulCase([65, 17, 19], true, true), wrt: [] }],
  ["matmul", { ...matmulCase([37, 131, 19], false, false), wrt: [] }],
  ["matmul", { ...matmulCase([1, 67, 2], false, false), wrt: [] }],
  [
    "conv2d",
    convCase("keeps the image's size", {
      x: [2, 7, 5, 3],
      kernel: 3,
      out: 17,
      padding: 1,
      bias: true,
    }),
  ],
  [
    "conv2d",
    convCase("takes a first layer", {
      x: [1, 9, 11, 1],
      kernel: 5,
      out: 5,
      padding: 2,
      bias: true,
    }),
  ],
  ["conv2d", convCase("handles one pixel", { x: [1, 1, 1, 5], kernel: 1, out: 3 })],
  ["conv2d", convCase("handles a long row", { x: [1, 1, 131, 3], kernel: 1, out: 4 })],
  ["conv2d", convCase("strides", { x: [2, 9, 7, 9], kernel: 3, out: 21, stride: 2, padding: 1 })],
  ["conv2d", convCase("skips pixels", { x: [1, 8, 7, 3], kernel: 1, out: 1, stride: 3 })],
  [
    "conv2d",
    convCase("takes a kernel that is not square", {
      x: [1, 4, 7, 3],
      kernel: [1, 3],
      out: 4,
      stride: 2,
      padding: 1,
    }),
  ],
  ...narrow,
]);
check("MODEST_GPU_TILES", () => everywhere(MODEST_GPU_TILES.matmul), [
  ["matmul", matmulCase([67, 11, 37], false, false)],
  ["conv2d", convCase("strides", { x: [1, 9, 17, 9], kernel: 3, out: 9, stride: 2, padding: 1 })],
  ...narrow,
]);

// Each candidate once (where the compiler is slow, in a few pipelines that most of them have in common), on shapes with more rows and columns than the largest block. They are large pipelines, so
// gradients are left out, but for the convolution's with the first candidate, which is the table's.
GPU_CANDIDATES.matmul.forEach((tile, i) =>
  check(`GPU candidate ${i + 1}`, () => everywhere({ ...tile, parallel: 1 }), [
    ["matmul", { ...matmulCase([269, 20, 132], false, false), wrt: [] }],
    [
      "conv2d",
      {
        ...convCase("goes beyond the block", {
          x: [1, 12, 24, 5],
          kernel: 2,
          out: 133,
          stride: i === 0 ? 2 : 1,
        }),
        wrt: i === 0 ? undefined : [],
      },
    ],
  ])
);
