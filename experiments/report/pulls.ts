/** How a loss sees the plane: the loss of one sample at each place, and where it is pulled, as the trainer would compute it. */
import { objectiveOf } from "../../src/losses/objective.ts";
import { atBatch } from "../plan/plan.ts";
import type { LossRecipe } from "../../src/losses/table.ts";
import { weightedSum } from "../../src/losses/weighted_sum.ts";
import { simplexWeights } from "../../src/losses/simplex.ts";
import { Linear } from "../../src/model/layers.ts";
import type { Initializer } from "../../src/model/init.ts";
import { backward } from "../../src/ops/backward.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { readAll } from "../../src/tensor/tensor.ts";

/** Classes, at the corners of a triangle: so many that a simplex of them lies in the plane. */
const CLASSES = 3;
/** Half the side of the square, how far from its middle the centers lie, and how long the weights are. */
const REACH = 12, RADIUS = 6, LENGTH = 1;
/** Places a side. */
const SIDE = 45;
/** Steps that a loss has counted: what it anneals is at its end. */
const LATE = 1e6;
/** Of losses over pairs, two samples of each class stand about its center. */
const ABOUT = [[0.6, 0.3], [-0.4, 0.5]] as const;

/** The batch of the published rows: a weight over pairs means what it means there. */
const BATCH = 128;

/** What is drawn of a loss. */
export interface Pulls {
  /** Places a side. */
  side: number;
  /** Half the side of the square. */
  reach: number;
  /** The loss, `[side * side]`, from the top left. */
  values: Float32Array;
  /** Minus the gradient, `[side * side, 2]`. */
  pulls: Float32Array;
  /** Where the classes are. */
  places: [number, number][];
}

/**
 * The loss and the pull of a sample of class 0 at each place of a square, among three classes whose centers, and the weights
 * of the last layer, point to the corners of a triangle.
 *
 * @param side Places a side.
 */
export async function pullsOf(recipe: LossRecipe, side: number = SIDE): Promise<Pulls> {
  const corners = await simplexWeights(2, CLASSES).read();
  const places = Array.from({ length: CLASSES }, (_, k): [number, number] => [
    RADIUS * corners[k],
    RADIUS * corners[CLASSES + k],
  ]);
  const values = new Float32Array(side ** 2), pulls = new Float32Array(2 * side ** 2);
  for (let row = 0; row < side; row++) {
    using own = scope();
    const points = Array.from({ length: side }, (_, i): [number, number] => [
      REACH * (2 * i / (side - 1) - 1),
      REACH * (1 - 2 * row / (side - 1)),
    ]);
    const losses = points.flatMap((point) => lossAt(recipe, point, places, corners));
    own.leave();
    const found = await readAll(losses);
    points.forEach((_, i) => {
      const at = row * side + i, [loss] = found[2 * i], gradient = found[2 * i + 1];
      values[at] = loss;
      pulls.set([-gradient[0], -gradient[1]], 2 * at);
    });
  }
  return { side, reach: REACH, values, pulls, places };
}

/**
 * The same of what the push between classes adds: the loss less that without it. Undefined where a loss has none, or a sample does
 * not feel it, because it is one between centers.
 */
export async function pushOf(recipe: LossRecipe, side: number = SIDE): Promise<Pulls | undefined> {
  if (!("weightInter" in recipe)) return undefined;
  const whole = await pullsOf(recipe, side);
  const without = await pullsOf({ ...recipe, weightInter: 0 }, side);
  const pulls = whole.pulls.map((pull, i) => pull - without.pulls[i]);
  const largest = (of: Float32Array) => of.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  if (largest(pulls) <= 1e-5 * largest(whole.pulls)) return undefined;
  return { ...whole, pulls, values: whole.values.map((value, i) => value - without.values[i]) };
}

/** Whether a loss turns features and never moves them along themselves: only their direction counts. */
export function onlyTurns({ side, reach, pulls }: Pulls): boolean {
  let along = 0, whole = 0;
  for (let i = 0; i < side ** 2; i++) {
    const x = reach * (2 * (i % side) / (side - 1) - 1);
    const y = reach * (1 - 2 * Math.floor(i / side) / (side - 1));
    const [dx, dy] = pulls.subarray(2 * i, 2 * i + 2), distance = Math.hypot(x, y);
    if (distance === 0) continue;
    along += Math.abs(dx * x + dy * y) / distance;
    whole += Math.hypot(dx, dy);
  }
  return along < 1e-3 * whole;
}

/** The loss with one sample there, and its gradient for all features, that sample's first. */
function lossAt(
  recipe: LossRecipe,
  point: readonly [number, number],
  places: readonly (readonly [number, number])[],
  corners: ArrayLike<number>,
) {
  const objective = objectiveOf(atBatch(recipe, BATCH, 1 + CLASSES * ABOUT.length), CLASSES);
  const others = objective.pairwise
    ? places.flatMap(([x, y], k) => ABOUT.map(([dx, dy]) => ({ at: [x + dx, y + dy], k })))
    : [];
  const init: Initializer = { weight: zeros, bias: zeros };
  const sizes = { featureDim: 2, classes: CLASSES };
  const head = (objective.head ?? ((of, it) => new Linear(of, it)))(
    { in: 2, out: CLASSES, bias: true },
    init,
  );
  if (head.weight.requiresGrad) head.weight.write(weightsOf(head.weight.shape, corners));
  const layer = objective.layer?.(sizes, init);
  layer?.entries().find(({ name }) => name === "steps")?.tensor.write([LATE]);
  const features = tensor([point, ...others.map(({ at }) => at)].flat(), {
    shape: [1 + others.length, 2],
    requiresGrad: true,
  });
  const centers = tensor(places.flat(), { shape: [CLASSES, 2], requiresGrad: true });
  const labels = tensor([0, ...others.map(({ k }) => k)], { dtype: "i32" });
  const logits = head.forward(features);
  const terms = objective.evaluate({
    ...{ features, logits, centers, labels, head, layer, training: false },
  });
  const loss = weightedSum(terms.slice(0, objective.terms.length), objective.weights);
  backward(loss);
  return [loss, features.grad!];
}

function zeros(shape: readonly number[]) {
  return tensor(new Float32Array(sizeOf(shape)), { shape, requiresGrad: true });
}

/** `[2, classes times proxies]`: each class's direction, its proxies a little to both sides of it. */
function weightsOf(shape: readonly number[], corners: ArrayLike<number>): Float32Array {
  const [dim, count] = shape, proxies = count / CLASSES;
  const data = new Float32Array(dim * count);
  for (let i = 0; i < count; i++) {
    const k = Math.floor(i / proxies), turn = 0.25 * (i % proxies - (proxies - 1) / 2);
    const [x, y] = [corners[k], corners[CLASSES + k]];
    data[i] = LENGTH * (x * Math.cos(turn) - y * Math.sin(turn));
    data[count + i] = LENGTH * (x * Math.sin(turn) + y * Math.cos(turn));
  }
  return data;
}
