/**
 * The page that `deno task test:tint` opens in Chromium: it compiles every kernel with every combination of constants that
 * ops use by Chromium's own compiler, Tint, and runs the tests of the tensor layer, with the adapter's own tiles and with
 * those of a GPU.
 */
import { tests } from "./registry.ts";
import "../tensor_layer.ts";
import "../tensor/recorded_constants_gpu.ts";
import "../tensor/tape_gpu.ts";
import "../gpu/device_gpu.ts";
import "../gpu/record/recording_gpu.ts";
import "../gpu/residence_gpu.ts";
import "../dataset/shards_gpu.ts";
import "../train/history_gpu.ts";
import "../train/trainer_gpu.ts";
import "../train/stepping_gpu.ts";
import { openGpu } from "../../src/gpu/device.ts";
import { MODEST_GPU_TILES } from "../../src/gpu/tiles/tiles.ts";
import { testOp } from "../ops/op_case.ts";
import { table } from "../ops/table_gpu.ts";
import { compileAll } from "./compile.ts";
import { outcomeOf, type Tell } from "./outcome.ts";
import type { Shader } from "./pretend_gpu.ts";
import { rehearse } from "./rehearsal.ts";

for (const [op, cases] of Object.entries(table)) {
  for (const test of cases) {
    const name = `${test.name}, with MODEST_GPU_TILES`;
    testOp(op, { ...test, name, tiles: () => MODEST_GPU_TILES });
  }
}

/** Tests of what only Deno can tell. */
const OF_DENO = [
  "openGpu() finds out which backend answers",
  "a kernel is not compiled anew at each dispatch for the values of its parameters",
  "500 steps need no more memory than 50 and make no bind groups",
];
for (const name of OF_DENO) {
  const at = tests.findIndex((test) => test.name === name);
  if (at < 0) throw new TypeError(`There is no test "${name}" to leave out of the page`);
  tests.splice(at, 1);
}

const shaders: Shader[] = [];

/** Labels of all texts that the browser's compiler was given. */
const compiled = new Set<string>();
const { createShaderModule } = GPUDevice.prototype;
GPUDevice.prototype.createShaderModule = function (descriptor) {
  compiled.add(descriptor.label ?? "");
  return createShaderModule.call(this, descriptor);
};

/** What the driver (`cli.ts`) calls, one after the other. */
const stages = {
  /** Finds out what there is to compile, and gives the number of texts. */
  async rehearse(): Promise<number> {
    shaders.push(...(await rehearse()).values());
    return shaders.length;
  },
  /** Compiles it. */
  async compile(tell: Tell, every: boolean): Promise<void> {
    using _ = await openGpu();
    await compileAll(shaders, tell, every);
  },
  /** Runs the tests; what the device reports late is the problem of the test that was running. */
  async test(tell: Tell, only: string): Promise<void> {
    using device = await openGpu();
    for (const { name, run } of tests.filter(({ name }) => name.includes(only))) {
      const outcome = await outcomeOf(name, run);
      const late = await outcomeOf(name, () => device.throwIfFailed());
      if (late.problem !== undefined) device.takeFailure();
      tell({ ...outcome, problem: outcome.problem ?? late.problem });
    }
  },
  /** The kernels that were compiled so far, in pipelines or otherwise. */
  kernels: () => [...compiled],
};

export type Stages = typeof stages;

Object.assign(globalThis, { stages });
