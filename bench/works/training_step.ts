/** A whole training step: a network with center loss, as the experiments run it. */
import { centerLoss } from "../../src/losses/center_loss.ts";
import { softmaxCrossEntropy } from "../../src/losses/cross_entropy.ts";
import { kaimingNormal, normalCenters } from "../../src/model/init.ts";
import { parametersOf } from "../../src/model/layer.ts";
import { Random } from "../../src/model/random.ts";
import { backward } from "../../src/ops/backward.ts";
import { add } from "../../src/ops/binary.ts";
import { Sgd } from "../../src/optim/sgd.ts";
import { gpu } from "../../src/gpu/device.ts";
import { scope } from "../../src/tensor/scope.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { readAll, type Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { type NetworkName, NETWORKS, SIDE } from "./networks.ts";
import { checkResult, type Prepared, type Work } from "../work.ts";

const CLASSES = 10;
const LOSS_BAR = 1e-5;
/** How far the central difference goes: hardly a ReLU or a maximum changes sides within it. */
const DISTANCE = 1e-7;
const SLOPE_BAR = 1e-4;

/** A step and all it works on. */
export interface TrainingStep {
  parameters: Map<string, Tensor>;
  optimizer: Sgd;
  /** How many images at the start of the batch differ from each other; the others repeat them. */
  distinct: number;
  images: Float32Array;
  labels: number[];
  /** Runs the step; gives the loss before the update. */
  step: () => Tensor;
  /** Operations of all its convolutions and matrix products. */
  flops: number;
}

/**
 * A network (2 features) on a fixed batch of noise: cross-entropy, center loss, backward, SGD.
 *
 * A large batch repeats a smaller one. Means over it are those over the smaller one, the statistics of batch norm
 * among them, so losses and gradients are the same, and the CPU can compute them in time.
 */
export function trainingStep(name: NetworkName, batch: number, widthFactor = 1): TrainingStep {
  const { make, distinct: most } = NETWORKS[name];
  const sizes = { height: SIDE, width: SIDE, channels: 1, featureDim: 2, classes: CLASSES };
  const init = kaimingNormal(new Random(1, "weights"));
  const network = make({ ...sizes, widthFactor }, init);
  const centers = normalCenters(CLASSES, 2, new Random(1, "centers"));
  const parameters = new Map([...parametersOf(network), ["centers", centers]]);
  const optimizer = new Sgd(parameters, { lr: 0.001, momentum: 0.9 });
  const random = new Random(1, "shuffle");
  const distinct = largestDivisor(batch, most);
  const drawn = Float32Array.from({ length: distinct * SIDE ** 2 }, () => random.uniform());
  const images = Float32Array.from(
    { length: batch * SIDE ** 2 },
    (_, i) => drawn[i % drawn.length],
  );
  const labels = Array.from({ length: batch }, (_, i) => i % distinct % CLASSES);
  const x = tensor(images, { shape: [batch, SIDE, SIDE, 1] });
  const y = tensor(labels, { dtype: "i32" });
  const step = () => {
    const { features, logits } = network.forward(x, { training: true });
    const center = centerLoss(features, centers, y, { rule: "autograd" });
    const loss = add(softmaxCrossEntropy(logits, y), center);
    backward(loss);
    optimizer.step();
    return loss;
  };
  return { parameters, optimizer, distinct, images, labels, step, flops: flopsOf(step) };
}

/** Counts the operations of a step's dispatches, without running them. */
function flopsOf(step: () => void): number {
  const recording = gpu().recordings.make(() => {
    using _ = scope();
    step();
  });
  const costs = recording.commands.map((command) =>
    "kernel" in command && /^(conv2d|matmul)/.test(command.kernel) ? command.cost.flops : 0
  );
  gpu().recordings.discard(recording);
  return costs.reduce((sum, flops) => sum + flops, 0);
}

/** The step as work to time. */
export function trainingWork(name: NetworkName, batch: number): Work {
  const training = trainingStep(name, batch);
  return {
    work: "training step",
    shape: `${NETWORKS[name].title}, center loss, ${batch}x${SIDE}x${SIDE}x1`,
    flops: training.flops,
    images: batch,
    prepare: async (): Promise<Prepared> => {
      const before = await download(training.parameters);
      const run = recorded(training.step);
      const loss = run();
      // Velocities start at 0: after one step they are the gradients.
      const gradients = await download(training.optimizer.state());
      check(name, training, await loss.item(), before, gradients);
      return { run, wait: async () => void await loss.read(), dispose: run.dispose };
    },
  };
}

/** The largest number up to `most` that divides `n`. */
export function largestDivisor(n: number, most: number): number {
  let divisor = Math.min(n, most);
  while (n % divisor !== 0) divisor--;
  return divisor;
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
  network: NetworkName,
  { distinct, images, labels }: TrainingStep,
  loss: number,
  parameters: Map<string, Array64>,
  gradients: Map<string, Array64>,
): void {
  const x = array64([distinct, SIDE, SIDE, 1], images.subarray(0, distinct * SIDE ** 2));
  const lossOf = (at: Map<string, Array64>) =>
    NETWORKS[network].loss(at, x, labels.slice(0, distinct));
  const norms = new Map([...gradients].map(([name, g]) => [name, norm(g)]));
  const moved = (distance: number) =>
    new Map([...parameters].map(([name, { shape, data }]) => {
      const gradient = gradients.get(name)!.data, speed = distance / (norms.get(name) || 1);
      return [name, array64(shape, data.map((value, at) => value + speed * gradient[at]))];
    }));
  const difference = (lossOf(moved(DISTANCE)) - lossOf(moved(-DISTANCE))) / (2 * DISTANCE);
  const slope = [...norms.values()].reduce((sum, norm) => sum + norm, 0);
  checkResult("the training step", "loss", [loss], [lossOf(parameters)], LOSS_BAR);
  checkResult("the training step", "sum of gradient norms", [slope], [difference], SLOPE_BAR);
}

function norm({ data }: Array64): number {
  return Math.sqrt(data.reduce((sum, value) => sum + value ** 2, 0));
}
