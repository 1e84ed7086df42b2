/**
 * What a NaN does where kernels compare: it comes through, forward and backward, and is counted as what it is. Adapters
 * order a NaN either way, so only a test of its bits gives the same everywhere.
 */
import { assert, assertEquals } from "@std/assert";
import { gpu } from "../../src/gpu/device.ts";
import { softmaxCrossEntropy } from "../../src/losses/cross_entropy.ts";
import {
  argmax,
  argmin,
  backward,
  batchNorm,
  conv2d,
  full,
  maxPool2d,
  neg,
  ones,
  prelu,
  sum,
} from "../../src/ops/mod.ts";
import { scope } from "../../src/tensor/scope.ts";
import { readAll, type Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { integers } from "../on_gpu.ts";

/** Where the NaN are. */
const nans = (values: Float32Array | Int32Array) =>
  [...values].flatMap((v, i) => Number.isNaN(v) ? [i] : []);

async function placesOf(...tensors: Tensor[]): Promise<number[][]> {
  return (await readAll(tensors)).map(nans);
}

// One channel, and four: kernels take one number at a time, or four.
for (const channels of [1, 4]) {
  const named = (op: string) => `${op} keeps a NaN to its element, of ${channels} channels`;
  /** Three rows with one NaN, in the second row's first channel. */
  const x = () => {
    const values = Array.from({ length: 3 * channels }, (_, i) => i - 1.5);
    return tensor(values.with(channels, NaN), { shape: [3, channels], requiresGrad: true });
  };

  Deno.test(named("prelu()"), async () => {
    using _ = scope();
    const input = x(), slope = tensor(Array(channels).fill(0.25), { requiresGrad: true });
    const y = prelu(input, slope);
    backward(sum(y));
    assertEquals(await placesOf(y, input.grad!, slope.grad!), [[channels], [channels], [0]]);
  });

  for (const relu of [false, true]) {
    Deno.test(named(`batchNorm() with relu: ${relu}`), async () => {
      using _ = scope();
      const one = () => ones([channels]), zero = () => full([channels], 0);
      const input = x();
      const state = { weight: one(), bias: zero(), runningMean: zero(), runningVar: one() };
      const y = batchNorm(input, state, { training: false, relu });
      assertEquals(await placesOf(y), [[channels]]);
      // In training one NaN spoils the statistics of its channel, and no other.
      const all = [0, channels, 2 * channels];
      const z = batchNorm(input, state, { training: true, relu });
      backward(sum(z));
      assertEquals(await placesOf(z, input.grad!, state.runningVar), [all, all, [0]]);
    });
  }
}

Deno.test("neg() has the gradient -1 at a NaN, too", async () => {
  using _ = scope();
  const x = tensor([NaN, 2, -Infinity], { requiresGrad: true });
  backward(sum(neg(x)));
  assertEquals([...await x.grad!.read()], [-1, -1, -1]);
});

Deno.test("batchNorm() is NaN for a negative running variance", async () => {
  using _ = scope();
  const state = {
    weight: ones([2]),
    bias: ones([2]),
    runningMean: ones([2]),
    runningVar: tensor([-1, 1]),
  };
  assertEquals(await placesOf(batchNorm(ones([1, 2]), state, { training: false })), [[0]]);
});

for (const share of ["nothing", "subgroup", "workgroup"] as const) {
  Deno.test(`conv2d() with a PReLU keeps a NaN to its pixel, sharing ${share}`, async () => {
    const own = gpu().tiles;
    if (share === "subgroup" && own.conv2dForward.share !== share) return;
    using _ = scope();
    try {
      const lanes = share === "subgroup" ? own.conv2dForward.lanes : 32;
      gpu().tiles = { ...own, conv2dForward: { rows: 4, cols: 1, lanes, parallel: 1, share } };
      const x = tensor([1, NaN, -2, 4], { shape: [1, 1, 4, 1] });
      const y = conv2d(x, ones([1, 1, 1, 1]), undefined, { prelu: full([1], 0.5) });
      assertEquals([...await y.read()], [1, NaN, -1, 4]);
    } finally {
      gpu().tiles = own;
    }
  });
}

Deno.test("conv2d() gives a NaN to every output that it belongs to, and to its strip at most", async () => {
  using _ = scope();
  const side = 32, channels = 64, images = new Float32Array(side * side * channels).fill(1);
  images[(5 * side + 5) * channels] = NaN;
  const x = tensor(images, { shape: [1, side, side, channels] });
  const y = await conv2d(x, ones([3, 3, channels, channels]), undefined, { padding: 1 }).read();
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const value = y[(row * side + column) * channels + 7];
      const near = Math.abs(row - 5) <= 1, own = near && Math.abs(column - 5) <= 1;
      if (own) assertEquals(value, NaN);
      if (!near || column < 4 || column > 7) assert(Number.isFinite(value));
    }
  }
});

Deno.test("maxPool2d() lets the last NaN of a window win", async () => {
  using _ = scope();
  for (
    const [values, place] of [[[NaN, 1, 2, 3], 0], [[1, 2, 3, NaN], 3], [
      [NaN, 9, NaN, 1],
      2,
    ]] as const
  ) {
    const x = tensor(values, { shape: [1, 2, 2, 1], requiresGrad: true });
    const y = maxPool2d(x);
    backward(sum(y));
    const [found, grad] = await readAll([y, x.grad!]);
    assertEquals([nans(found), grad.indexOf(1)], [[0], place]);
  }
});

Deno.test("argmax() and argmin() take the first NaN of a row", async () => {
  using _ = scope();
  const x = tensor([[1, NaN, 3], [NaN, 2, 0], [1, 5, NaN], [0, NaN, NaN], [3, 1, 2]]);
  const [most, least] = await readAll([argmax(x), argmin(x)]);
  assertEquals([...most], [1, 0, 2, 1, 0]);
  assertEquals([...least], [1, 0, 2, 1, 1]);
});

Deno.test("softmaxCrossEntropy() has a gradient of NaN for a row with a NaN, and for no other", async () => {
  using _ = scope();
  const logits = tensor([[NaN, 0, 1], [1, 2, 3], [0, 1, NaN]], { requiresGrad: true });
  const loss = softmaxCrossEntropy(logits, integers([1, 2, 0]));
  backward(loss);
  assertEquals(await placesOf(loss, logits.grad!), [[0], [0, 1, 2, 6, 7, 8]]);
});

Deno.test("softmaxCrossEntropy() is exact for logits that are far apart", async () => {
  using _ = scope();
  const logits = tensor([[0, 500], [3e38, -3e38], [-1e30, -1e30]], { requiresGrad: true });
  const loss = softmaxCrossEntropy(logits, integers([0, 0, 0]));
  backward(loss);
  const [value, grad] = await readAll([loss, logits.grad!]);
  assertEquals(Math.abs(value[0] - (500 + Math.LN2) / 3) < 1e-3, true, `${value}`);
  assertEquals([...grad].map((g) => Math.round(g * 3000)), [-1000, 1000, 0, 0, -500, 500]);
});
