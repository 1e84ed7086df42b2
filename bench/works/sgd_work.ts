/** The optimizer's update as work to time. */
import { RunError } from "../../src/base/errors.ts";
import { gpu } from "../../src/gpu/device.ts";
import { Sgd } from "../../src/optim/sgd.ts";
import { download, rounded, upload } from "../../tests/on_gpu.ts";
import { relativeError } from "../../src/reference/relative_error.ts";
import * as twin from "../../src/reference/sgd.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { Prepared, Work } from "../work.ts";

const SETTINGS = { lr: 0.01, momentum: 0.9, weightDecay: 0.0005 };
const BAR = 1e-5;

/** SGD with momentum on one array: reads gradient, parameter and velocity, writes the latter two. */
export function sgdWork(size: number): Work {
  return { work: "SGD", shape: String(size), bytes: 4 * 5 * size, prepare: () => prepared(size) };
}

async function prepared(size: number): Promise<Prepared> {
  const [start, gradient] = [1, 2].map((seed) => rounded(uniform([size], { seed })));
  const parameter = upload(start, true), grad = upload(gradient);
  const optimizer = new Sgd(new Map([["parameter", parameter]]), SETTINGS);
  const recording = gpu().recordings.record(() => {
    parameter.grad = grad.alias();
    optimizer.step();
  });
  const velocity = optimizer.state().get("parameter")!;
  const found = await download([parameter, velocity]);
  const expected = twin.sgd(start, gradient, undefined, SETTINGS);
  for (const [i, { data }] of [expected.parameter, expected.velocity].entries()) {
    const error = relativeError(found[i].data, data);
    if (error <= BAR) continue;
    throw new RunError(
      `Cannot time SGD: its ${["parameter", "velocity"][i]} is off by ${error}, at most ${BAR}`,
    );
  }
  const first = velocity.alias([1]);
  return {
    run: () => gpu().recordings.replay(recording),
    wait: async () => void await first.read(),
    dispose: () => {
      for (const t of [first, velocity, parameter, grad]) t.dispose();
      gpu().recordings.discard(recording);
    },
  };
}
