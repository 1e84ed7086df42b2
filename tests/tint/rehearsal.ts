/**
 * Which texts ops compile, found without a GPU: the op table and a training step of every row of the catalog run on a
 * pretended WebGPU, once for each kind of adapter and each table of tiles that the tuner may come to.
 */
import { SETS } from "../../data/sets/facts.ts";
import { CATALOG } from "../../experiments/rows/catalog.ts";
import type { Experiment } from "../../experiments/rows/experiment.ts";
import { trainingUses } from "../../experiments/plan/training_uses.ts";
import { openGpu } from "../../src/gpu/device.ts";
import { backward, full, mul, sum } from "../../src/ops/mod.ts";
import { scope } from "../../src/tensor/scope.ts";
import { Trainer } from "../../src/train/trainer.ts";
import { candidateTables } from "../tune/candidate_tiles.ts";
import { noise } from "../image_set.ts";
import { upload } from "../on_gpu.ts";
import { throughTextures } from "../ops/op_case.ts";
import { table } from "../ops/table_gpu.ts";
import { type Pretence, pretendAdapter, type Shader } from "./pretend_gpu.ts";

/** Adapters that ops choose different kernels or tiles for. */
const ADAPTERS: Record<string, Pretence> = {
  "SwiftShader": { vendor: "google", software: true, subgroupSize: 4 },
  "llvmpipe": { vendor: "mesa", software: true, subgroupSize: 8 },
  "llvmpipe with vectors of 512 bits": { vendor: "mesa", software: true, subgroupSize: 16 },
  "software without subgroups": { vendor: "mesa", software: true, subgroupSize: 0 },
  "a large GPU": { vendor: "nvidia", software: false, subgroupSize: 32 },
  "a modest GPU": { vendor: "intel", software: false, subgroupSize: 0 },
};

/** All texts, each once, by the kernel's name and the text. */
export async function rehearse(): Promise<Map<string, Shader>> {
  const shaders = new Map<string, Shader>();
  const adapter = await navigator.gpu.requestAdapter();
  const own = navigator.gpu.requestAdapter;
  for (const pretence of Object.values(ADAPTERS)) {
    const pretended = pretendAdapter(adapter!, pretence, (shader) => {
      shaders.set(`${shader.name}\n${shader.code}`, shader);
    });
    navigator.gpu.requestAdapter = () => Promise.resolve(pretended);
    try {
      using device = await openGpu();
      runTable();
      for (const row of distinctRows()) await trainOnce(row);
      const kind = pretence.software ? "software" : "GPU";
      // Software candidates are for subgroups.
      const tables = pretence.software && pretence.subgroupSize === 0
        ? []
        : candidateTables(kind).values();
      for (const tiles of tables) {
        device.tiles = tiles();
        runTable();
        for (const { recipe, dataset } of distinctNetworks()) trainingUses(recipe, SETS[dataset]);
      }
      await device.pipelines.settled();
    } finally {
      navigator.gpu.requestAdapter = own;
    }
  }
  return shaders;
}

/** Every case of every op, forward and backward, with small arrays in buffers, and where they may be, in textures. */
function runTable(): void {
  for (const { gpu, inputs, wrt = inputs.keys() } of Object.values(table).flat()) {
    const trained = [...wrt];
    const step = () => {
      using _ = scope();
      const y = gpu(...inputs.map((input, i) => upload(input, trained.includes(i))));
      if (trained.length > 0) backward(sum(mul(y, full(y.shape, 1))));
    };
    step();
    using _ = throughTextures();
    step();
  }
}

/** Rows that differ in more than how large a rate, a weight or an angle is: those reach no text. */
function distinctRows(): Iterable<Experiment> {
  const sizes = ["featureDim", "widthFactor", "batchSize"];
  return distinct(({ recipe, dataset }) => [
    SETS[dataset],
    JSON.stringify(
      recipe,
      (key, value) => typeof value === "number" && !sizes.includes(key) ? Math.sign(value) : value,
    ),
  ]);
}

/** Rows that differ in the network and the batches that go through it. */
function distinctNetworks(): Iterable<Experiment> {
  return distinct(({ recipe: { network, featureDim, widthFactor, batchSize }, dataset }) => [
    SETS[dataset],
    { network, featureDim, widthFactor, batchSize },
  ]);
}

/** One row of each kind. */
function distinct(kindOf: (row: Experiment) => unknown): Iterable<Experiment> {
  return new Map([...CATALOG.values()].map((row) => [JSON.stringify(kindOf(row)), row])).values();
}

/** A row's first epoch: one step of training, and the evaluation. */
async function trainOnce({ recipe, dataset, seed }: Experiment): Promise<void> {
  const { height, width, channels, classes } = SETS[dataset];
  const images = noise({ count: recipe.batchSize, height, width, channels, classes });
  using trainer = new Trainer({ ...recipe, seed }, images, images);
  await trainer.epoch(1);
}
