/** Every number of measure(), against the float64 twins on the network's own outputs. */
import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { RunError } from "../../src/base/errors.ts";
import { drawDigits } from "../../data/drawn/digits.ts";
import { leaveOut } from "../../src/dataset/leave_out.ts";
import { kaimingNormal, normalCenters } from "../../src/model/init.ts";
import { networkOf } from "../../src/model/networks.ts";
import { Random } from "../../src/model/random.ts";
import { array64 } from "../../src/reference/array64.ts";
import { auroc } from "../../src/reference/auroc.ts";
import { calibrationError } from "../../src/reference/calibration.ts";
import { classSpread } from "../../src/reference/class_spread.ts";
import { nearestByCosine, nearestByDistance } from "../../src/reference/nearest_class.ts";
import { knn } from "../../src/reference/nearest_neighbours.ts";
import { neuralCollapse } from "../../src/reference/neural_collapse.ts";
import { retrieval } from "../../src/reference/retrieval.ts";
import { silhouette } from "../../src/reference/silhouette.ts";
import { softmax } from "../../src/reference/softmax.ts";
import { measure } from "../../src/train/evaluation/measures.ts";
import { outputsOf } from "../../src/train/evaluation/outputs.ts";
import { scope } from "../../src/tensor/scope.ts";

/** A narrow LeNet++ for digits, with two features. */
function smallNetwork() {
  const sizes = { height: 28, width: 28, channels: 1, classes: 10, featureDim: 2 };
  const init = kaimingNormal(new Random(3, "weights"));
  return networkOf("lenetpp", { ...sizes, widthFactor: 0.125 }, init);
}

Deno.test("measure() is what the twins make of the network's outputs", async () => {
  using _ = scope();
  const [a0, b0] = (["train", "test"] as const).map((split) =>
    drawDigits({ count: 120, seed: 1, split })
  );
  const train = leaveOut(a0, [8, 9]).kept, { kept: test, left: unknown } = leaveOut(b0, [8, 9]);
  const classes = 8, dim = 3;
  const sizes = {
    height: 28,
    width: 28,
    channels: 1,
    classes,
    featureDim: dim,
    widthFactor: 0.125,
  };
  const network = networkOf("resnet", sizes, kaimingNormal(new Random(3, "weights")));
  // A bias, or nc3 does not tell the weights from the logits of the axes.
  network.head.entries().find(({ name }) => name === "bias")!.tensor.write(
    Array.from({ length: classes }, (_, k) => k / 3),
  );
  const centers = normalCenters(classes, dim, new Random(1, "centers"));
  const loss = { kind: "center", weight: 1, rule: "autograd" } as const;
  const stored = { shape: [classes, dim], data: await centers.read() };
  const found = await measure({ network, loss, centers: stored }, { train, test, unknown });
  const of = async (set: typeof test) => {
    const { features, logits } = await outputsOf(network, set);
    return {
      x: array64([set.count, dim], features),
      z: array64([set.count, classes], logits),
      y: [...set.labels],
    };
  };
  const [a, b, u] = [await of(train), await of(test), await of(unknown)];
  const row = (x: ArrayLike<number>, i: number, width: number) =>
    Array.from({ length: width }, (_, d) => x[i * width + d]);
  const largest = (z: typeof a.z) =>
    Array.from({ length: z.shape[0] }, (_, i) => row(z.data, i, classes)).map((it) =>
      it.indexOf(Math.max(...it))
    );
  const share = (k: ArrayLike<number>, y: number[]) =>
    y.filter((l, i) => l === k[i]).length / y.length;
  const { means } = classSpread(a.x, a.y), c = array64([classes, dim], stored.data);
  const unit = array64(
    b.x.shape,
    b.x.data.map((v, i) => v / Math.hypot(...row(b.x.data, Math.floor(i / dim), dim))),
  );
  const predicted = largest(b.z), p = softmax(b.z, 1).data, w = await network.head.weight.read();
  const weight = array64(
    [classes, dim],
    Array.from({ length: classes * dim }, (_, i) => w[(i % dim) * classes + Math.floor(i / dim)]),
  );
  const nc = neuralCollapse(a.x, a.y, classes, weight, largest(a.z)) as Record<string, number>;
  const turned = retrieval(unit, b.y);
  const wanted: Record<string, number> = {
    byLogit: share(predicted, b.y),
    byCenter: share(nearestByDistance(b.x, c).classes, b.y),
    byMean: share(nearestByDistance(b.x, means).classes, b.y),
    byCosine: share(nearestByCosine(b.x, means).classes, b.y),
    byKnn: share(knn(a.x, a.y, b.x, 5), b.y),
    withinToBetween: classSpread(b.x, b.y).ratio,
    silhouette: silhouette(b.x, b.y),
    ...retrieval(b.x, b.y),
    recallAt1ByCosine: turned.recallAt1,
    mapByCosine: turned.map,
    ...{ nc1: nc.nc1, nc3: nc.nc3, nc4: nc.nc4 },
    ...{ nc2Norms: nc.nc2Norms, nc2Angles: nc.nc2Angles, nc2Maximal: nc.nc2Maximal },
    calibrationError: calibrationError(
      predicted.map((k, i) => p[i * classes + k]),
      predicted.map((k, i) => k === b.y[i]),
      15,
    ),
    unknownByDistance: auroc([...nearestByDistance(u.x, c).distances], [
      ...nearestByDistance(b.x, c).distances,
    ]),
    unknownByCosine: auroc([...nearestByCosine(u.x, means).distances], [
      ...nearestByCosine(b.x, means).distances,
    ]),
  };
  for (const [name, value] of Object.entries(found)) {
    assertAlmostEquals(value, wanted[name], 1e-3 * Math.max(1, Math.abs(wanted[name])), name);
  }
});

Deno.test("measure() does not depend on the size of features, and refuses those that are not finite", async () => {
  using _ = scope();
  const test = drawDigits({ count: 40, seed: 1, split: "test" });
  const network = smallNetwork();
  const run = () => measure({ network, loss: { kind: "cross-entropy" } }, { train: test, test });
  const { weight, bias } = Object.fromEntries(
    network.entries().filter(({ name }) => name.startsWith("fc1."))
      .map(({ name, tensor }) => [name.slice(4), tensor]),
  );
  const values = await weight.read();
  const found = [];
  for (const factor of [1, 2 ** 70, 2 ** -90]) {
    weight.write(values.map((x) => x * factor));
    const { byMean, byKnn, silhouette, recallAt1, map, mapAtR, mapByCosine, nc1 } = await run();
    found.push([byMean, byKnn, silhouette, recallAt1, map, mapAtR, mapByCosine, nc1]);
  }
  assertEquals(found[1], found[0]);
  assertEquals(found[2], found[0]);
  bias.write([Infinity, 0]);
  await assertRejects(run, RunError, "not finite");
});

Deno.test("measure() refuses centers of other classes or features, and other sets; outputsOf() a network of logits alone", async () => {
  using _ = scope();
  const set = drawDigits({ count: 20, seed: 1, split: "test" });
  const network = smallNetwork();
  const loss = { kind: "center", weight: 1, rule: "autograd" } as const;
  const refused = async (centers: unknown, message: string) =>
    await assertRejects(
      () => measure({ network, loss, centers: centers as never }, { train: set, test: set }),
      TypeError,
      `Cannot measure by centers ${message}: they must be { shape, data } of [10, 2], such as `,
    );
  await refused({ shape: [10, 3], data: new Float32Array(30) }, "[10, 3] with 30 numbers");
  await refused({ shape: [5, 2], data: new Float32Array(10) }, "[5, 2] with 10 numbers");
  await refused({ shape: [10, 2], data: new Float32Array(10) }, "[10, 2] with 10 numbers");
  await refused(normalCenters(10, 2, new Random(1, "centers")), "[10, 2] with no numbers");
  await refused([1, 2], "of the shape undefined");
  const few = leaveOut(set, [9]).kept;
  await assertRejects(() => measure({ network, loss }, { train: set, test: few }), TypeError);
  await assertRejects(
    () => outputsOf({ forward: () => network.head.weight } as never, set),
    TypeError,
    "Cannot take the outputs of the network: its forward() gives a Tensor, and must give { features, ",
  );
});
