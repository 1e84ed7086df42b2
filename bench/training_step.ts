/** A whole training step: the ResNet with center loss, as the experiments run it. */
import { RunError } from "../src/errors.ts";
import { centerLoss } from "../src/losses/center_loss.ts";
import { softmaxCrossEntropy } from "../src/losses/cross_entropy.ts";
import { kaimingNormal, normalCenters } from "../src/model/init.ts";
import { parametersOf } from "../src/model/layer.ts";
import { Random } from "../src/model/random.ts";
import { ResNet } from "../src/model/resnet.ts";
import { backward } from "../src/ops/backward.ts";
import { add } from "../src/ops/binary.ts";
import { Sgd } from "../src/optim/sgd.ts";
import { recorded } from "../src/tensor/recorded.ts";
import { readAll, type Tensor, tensor } from "../src/tensor/tensor.ts";
import { type Array64, array64 } from "../tests/reference/array64.ts";
import { resnetLoss } from "./cpu_resnet.ts";
import type { Prepared, Work } from "./work.ts";

const BATCH = 32;
const SIDE = 28;
const CLASSES = 10;
const LOSS_BAR = 1e-5;
/** How far the central difference goes: few ReLUs change sides within it. */
const DISTANCE = 1e-5;
const SLOPE_BAR = 1e-4;
/** Side of the image that comes out of each part of the network. */
const SIDES: Record<string, number> = {
  conv1: 26,
  group1: 26,
  group2: 13,
  group3: 13,
  group4: 7,
  group5: 7,
  fc1: 1,
  fc2: 1,
};

/** A step and all it works on. */
export interface TrainingStep {
  parameters: Map<string, Tensor>;
  optimizer: Sgd;
  images: Float32Array;
  labels: number[];
  /** Runs the step; gives the loss before the update. */
  step: () => Tensor;
}

/** The ResNet (width 1, 2 features) on a fixed batch of noise: cross-entropy, center loss, backward, SGD. */
export function trainingStep(): TrainingStep {
  const sizes = { height: SIDE, width: SIDE, channels: 1, featureDim: 2, classes: CLASSES };
  const init = kaimingNormal(new Random(1, "weights"));
  const network = new ResNet({ ...sizes, widthFactor: 1 }, init);
  const centers = normalCenters(CLASSES, 2, new Random(1, "centers"));
  const parameters = new Map([...parametersOf(network), ["centers", centers]]);
  const optimizer = new Sgd(parameters, { lr: 0.001, momentum: 0.9 });
  const random = new Random(1, "shuffle");
  const images = Float32Array.from({ length: BATCH * SIDE ** 2 }, () => random.uniform());
  const labels = Array.from({ length: BATCH }, (_, i) => i % CLASSES);
  const x = tensor(images, { shape: [BATCH, SIDE, SIDE, 1] });
  const y = tensor(labels, { dtype: "i32" });
  const step = () => {
    const { features, logits } = network.forward(x, { training: true });
    const center = centerLoss(features, centers, y, { rule: "autograd" });
    const loss = add(softmaxCrossEntropy(logits, y), center);
    backward(loss);
    optimizer.step();
    return loss;
  };
  return { parameters, optimizer, images, labels, step };
}

/** The step as work to time. */
export function trainingWork(): Work {
  const training = trainingStep();
  return {
    work: "training step",
    shape: `ResNet, center loss, ${BATCH}x${SIDE}x${SIDE}x1`,
    flops: trainingFlops(training.parameters),
    images: BATCH,
    prepare: async (): Promise<Prepared> => {
      const before = await download(training.parameters);
      const run = recorded(training.step);
      const loss = run();
      // Velocities start at 0: after one step they are the gradients.
      const gradients = await download(training.optimizer.state());
      check(training, await loss.item(), before, gradients);
      return { run, wait: async () => void await loss.read(), dispose: run.dispose };
    },
  };
}

/** Operations of all convolutions and linear layers: forward, input gradient (the first layer has none), weight gradient. */
function trainingFlops(parameters: Map<string, Tensor>): number {
  let flops = 0;
  for (const [name, { shape, size }] of parameters) {
    const side = SIDES[name.split(".")[0]];
    if (!name.endsWith(".weight") || shape.length === 1 || side === undefined) continue;
    flops += 2 * BATCH * side ** 2 * size * (name === "conv1.weight" ? 2 : 3);
  }
  return flops;
}

async function download(tensors: ReadonlyMap<string, Tensor>): Promise<Map<string, Array64>> {
  const values = await readAll([...tensors.values()]);
  return new Map([...tensors].map(([name, t], i) => [name, array64(t.shape, values[i])]));
}

/**
 * Compares the loss with the CPU's, and all gradients at once with a central difference of it: along the direction in
 * which every parameter array goes along its own gradient at unit speed, the loss grows by the sum of their norms.
 */
function check(
  { images, labels }: TrainingStep,
  loss: number,
  parameters: Map<string, Array64>,
  gradients: Map<string, Array64>,
): void {
  const x = array64([BATCH, SIDE, SIDE, 1], images);
  compare("loss", loss, resnetLoss(parameters, x, labels), LOSS_BAR);
  const norms = new Map([...gradients].map(([name, g]) => [name, norm(g)]));
  const moved = (distance: number) =>
    new Map([...parameters].map(([name, { shape, data }]) => {
      const gradient = gradients.get(name)!.data, speed = distance / (norms.get(name) || 1);
      return [name, array64(shape, data.map((value, at) => value + speed * gradient[at]))];
    }));
  const slope = [...norms.values()].reduce((sum, norm) => sum + norm, 0);
  const ahead = resnetLoss(moved(DISTANCE), x, labels);
  const behind = resnetLoss(moved(-DISTANCE), x, labels);
  compare("sum of its gradients' norms", slope, (ahead - behind) / (2 * DISTANCE), SLOPE_BAR);
}

function norm({ data }: Array64): number {
  return Math.sqrt(data.reduce((sum, value) => sum + value ** 2, 0));
}

function compare(what: string, found: number, expected: number, bar: number): void {
  if (Math.abs(found - expected) <= bar * Math.abs(expected)) return;
  throw new RunError(
    `Cannot time the training step: its ${what} is ${found}, should be ${expected}`,
  );
}
