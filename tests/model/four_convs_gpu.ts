/** The network of the Keras rows, beside the same from float64 twins, and how its centers start. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { FourConvs } from "../../src/model/four_convs.ts";
import { torchDefault, uniformCenters, xavierUniform } from "../../src/model/init.ts";
import { parametersOf } from "../../src/model/layer.ts";
import { Linear } from "../../src/model/layers.ts";
import { networkOf } from "../../src/model/networks.ts";
import { Random } from "../../src/model/random.ts";
import { array64 } from "../../src/reference/array64.ts";
import { conv2d } from "../../src/reference/conv2d.ts";
import { linear } from "../../src/reference/linear.ts";
import { prelu } from "../../src/reference/prelu.ts";
import { uniform } from "../../src/reference/uniform.ts";
import { scope } from "../../src/tensor/scope.ts";
import { Trainer } from "../../src/train/trainer.ts";
import { noise } from "../image_set.ts";
import { download, rounded, upload } from "../on_gpu.ts";
import { assertClose } from "../reference/assert_close.ts";

const SIZES = {
  height: 14,
  width: 15,
  channels: 1,
  featureDim: 2,
  classes: 3,
  widthFactor: 1 / 32,
};
const init = () => xavierUniform(new Random(1, "weights"), { magnitude: 3, fan: "average" });

Deno.test("FourConvs is four convolutions without padding, each with a slope an element", async () => {
  using _ = scope();
  const network = new FourConvs(SIZES, init());
  const parameters = parametersOf(network);
  const slopes = [...parameters].filter(([name]) => name.startsWith("prelu"));
  assertEquals(slopes.map(([, { shape }]) => shape), [
    ...[[10, 11, 1], [6, 7, 1], [4, 5, 2], [2, 3, 2], [2]],
  ]);
  for (const [, slope] of slopes) assertEquals(new Set(await slope.read()), new Set([0]));
  // With slopes of 0 a wrong place of one would not show.
  slopes.forEach(([, slope], i) => slope.write([...uniform(slope.shape, { seed: i }).data]));

  const x = rounded(uniform([2, 14, 15, 1]));
  const { features, logits } = network.forward(upload(x));
  const names = [...parameters.keys()];
  const own = await download([...parameters.values()]);
  const of = (name: string) => own[names.indexOf(name)];
  const pair = (name: string) => [of(`${name}.weight`), of(`${name}.bias`)] as const;
  let y = x;
  for (const n of [1, 2, 3, 4]) y = prelu(conv2d(y, ...pair(`conv${n}`)), of(`prelu${n}.weight`));
  const wanted = prelu(
    linear(array64([2, 12], y.data), ...pair("fc1")),
    of("prelu_fc1.weight"),
  );
  const [found, foundLogits] = await download([features, logits]);
  assertClose(found, wanted, 1e-5, "features");
  assertClose(foundLogits, linear(wanted, ...pair("fc2")), 1e-5, "logits");
});

Deno.test("FourConvs refuses images that its convolutions use up", () => {
  assertThrows(
    () => networkOf("four-convs", { ...SIZES, height: 12 }, init()),
    RangeError,
    "Cannot build FourConvs for images of 12x15: its convolutions take 12 rows and columns away",
  );
});

Deno.test("uniformCenters() stay within their bound, and refuse one that is not positive, or no stream", async () => {
  using _ = scope();
  const values = await uniformCenters(200, 3, new Random(1, "centers"), 0.05).read();
  const most = Math.max(...values), least = Math.min(...values);
  assert(most <= 0.05 && most > 0.045 && least >= -0.05 && least < -0.045, `${least} to ${most}`);
  for (const bound of [0, NaN, Infinity]) {
    const message = `Cannot draw centers: the bound is ${bound}; it must be positive`;
    assertThrows(
      () => uniformCenters(2, 2, new Random(1, "centers"), bound),
      RangeError,
      message,
    );
  }
  const none = undefined as unknown as Random;
  assertThrows(
    () => uniformCenters(2, 2, none, 1),
    TypeError,
    "random is undefined; give a stream",
  );
});

Deno.test("torchDefault() gives biases of 0 to a layer without inputs, as PyTorch does", async () => {
  using _ = scope();
  const init = torchDefault(new Random(1, "weights"));
  const { bias } = new Linear({ in: 0, out: 3 }, init);
  assertEquals([...await bias!.read()].map(Math.abs), [0, 0, 0]);
});

Deno.test("Trainer moves centers that start uniform by the network's Adam", async () => {
  const image = { height: 14, width: 14 };
  const [train, test] = [1, 2].map((seed) => noise({ count: 8, ...image, seed }));
  using trainer = new Trainer(
    {
      network: "four-convs",
      featureDim: 2,
      widthFactor: 1 / 32,
      loss: { kind: "center", weight: 0.5, rule: "autograd" },
      optimizer: { kind: "adam", lr: 1e-3 },
      centers: { init: { uniform: 0.05 } },
      batchSize: 8,
      augmentation: { flip: 0, rotation: 0, padding: 0 },
      seed: 1,
    },
    train,
    test,
  );
  const before = await trainer.centers.read();
  await trainer.epoch(1);
  const moved = (await trainer.centers.read()).map((value, i) => Math.abs(value - before[i]));
  assert(before.every((value) => Math.abs(value) <= 0.05));
  // Adam's first step is the rate, whatever the gradient; a class without samples has none.
  assert(moved.every((by) => by === 0 || Math.abs(by - 1e-3) < 1e-5), moved.join());
  assert(moved.some((by) => by > 0));
});
