/** The optimizer's update as work to time. */
import { gpu } from "../../src/gpu/device.ts";
import { Sgd } from "../../src/optim/sgd.ts";
import * as twin from "../../src/reference/sgd.ts";
import { uniform } from "../../src/reference/uniform.ts";
import { empty, readAll } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { replays } from "../measure.ts";
import { checkResult, type Prepared, type Work } from "../work.ts";

const SETTINGS = { lr: 0.01, momentum: 0.9, weightDecay: 0.0005 };
const BAR = 1e-5;

/** SGD with momentum on one array: reads gradient, parameter and velocity, writes the latter two, after a copy of the gradient. */
export function sgdWork(size: number): Work {
  return { work: "SGD", shape: String(size), bytes: 4 * 7 * size, prepare: () => prepared(size) };
}

async function prepared(size: number): Promise<Prepared> {
  const [start, gradient] = [1, 2].map((seed) => uniform([size], { seed }));
  const parameter = tensor(start.data, { requiresGrad: true }), grad = tensor(gradient.data);
  const optimizer = new Sgd(new Map([["parameter", parameter]]), SETTINGS);
  const recording = gpu().recordings.record(() => {
    // A step takes only gradients that come into being in it; the copy is timed with it.
    parameter.grad = empty([size]);
    gpu().copy(grad.view, parameter.grad.view);
    optimizer.step();
  });
  const velocity = optimizer.state().get("parameter")!;
  const found = await readAll([parameter, velocity]);
  const expected = twin.sgd(start, gradient, undefined, SETTINGS);
  checkResult("SGD", "parameter", found[0], expected.parameter.data, BAR);
  checkResult("SGD", "velocity", found[1], expected.velocity.data, BAR);
  return replays(recording, velocity, [velocity, parameter, grad]);
}
