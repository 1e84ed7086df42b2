/** Ten steps of SGD on the loss of a recipe, as the trainer takes them: its own last layer, centers and state. */
import { backward, matmul, noGrad, readAll, scope, Sgd, type Tensor, tensor } from "../../mod.ts";
import { objectiveOf } from "../../src/losses/objective.ts";
import { weightedSum } from "../../src/losses/weighted_sum.ts";
import type { Initializer } from "../../src/model/init.ts";
import { parametersOf } from "../../src/model/layer.ts";
import { Linear } from "../../src/model/layers.ts";
import { BARS, compared, type Comparison, comparison } from "./compare.ts";
import type { OpCase, StoredTensor } from "./format.ts";

const upload = ({ shape, dtype, data }: StoredTensor, requiresGrad: boolean): Tensor =>
  tensor(data, { shape, dtype, requiresGrad });

/** Compares the losses of the steps, and the parameters after them. */
export async function descentComparisons({ inputs, attrs, ...c }: OpCase): Promise<Comparison[]> {
  using _ = scope();
  const { x, labels } = { x: upload(inputs.x, false), labels: upload(inputs.labels, false) };
  const map = upload(inputs.map, true), [, featureDim] = map.shape;
  const { classes } = attrs;
  const objective = objectiveOf(attrs.recipe, classes);
  const stored = (name: string) => () =>
    inputs[name] ? upload(inputs[name], true) : tensor(new Float32Array(featureDim * classes), {
      shape: [featureDim, classes],
    });
  const init: Initializer = { weight: stored("weight"), bias: stored("bias") };
  const sizes = { in: featureDim, out: classes, bias: inputs.bias !== undefined };
  const head = objective.head?.(sizes, init) ?? new Linear(sizes, init);
  // A head may place its weights by itself; the file's are those that PyTorch began with.
  if (inputs.weight) head.weight.write(Float32Array.from(inputs.weight.data));
  const layer = objective.layer?.({ featureDim, classes }, init);
  const learned = objective.centers === "learned";
  const centers = learned ? upload(inputs.centers, true) : tensor([[0]]);
  const parameters = new Map([
    ["map", map],
    ...(inputs.weight ? parametersOf(head) : []),
    ...(layer ? parametersOf(layer) : []),
    ...(learned ? [["centers", centers] as const] : []),
  ]);
  const optimizer = new Sgd(parameters, { lr: attrs.lr, momentum: 0.9, weightDecay: 0 });
  // A loss on the angle is weighted by 1 / scale in a training; the file has the formula itself.
  const weights = objective.weights.map((weight) => weight / objective.weights[0]);
  const losses: Tensor[] = [];
  for (const _ of c.losses) {
    const features = matmul(x, map), logits = noGrad(() => head.forward(features));
    const ofLogits = objective.terms.includes("cross_entropy") || objective.terms[0] === "tuplet";
    const terms = objective.evaluate({
      ...{ features, centers, labels, head, layer, training: true },
      logits: ofLogits ? head.forward(features) : logits,
    });
    const loss = weightedSum(terms.slice(0, objective.terms.length), weights);
    backward(loss);
    losses.push(loss);
    optimizer.step();
  }
  optimizer.dispose();
  const bar = BARS.loss / 10, values = (await readAll(losses)).map(([value]) => value);
  const after = Object.entries<StoredTensor>(c.after).map(([name, { data }]) => (
    { what: name, found: parameters.get(name)!, wanted: data, bar }
  ));
  return [comparison("losses", values, c.losses, bar), ...await compared(after)];
}
