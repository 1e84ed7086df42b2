/** Cases of dropout, and what only it does: masks by seed and count, drawn anew in each replay. */
import { assert, assertEquals } from "@std/assert";
import { backward, dropout, mul, ones, ops, sum } from "../../src/ops/mod.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { binary, binaryBackward } from "../../src/reference/binary.ts";
import { dropoutMask } from "../../src/reference/dropout.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

const count = (draws = 0) => tensor([draws], { dtype: "i32" });

function dropped(shape: number[], p: number, seed: number, draws: number): OpCase {
  const mask = dropoutMask(shape, { p, seed, draws });
  return {
    name: `drops ${p} of [${shape}] by seed ${seed}, draw ${draws}`,
    inputs: [uniform(shape)],
    gpu: (x) => ops.dropout(x, { p, seed, draws: count(draws) }),
    twin: (x) => binary("mul", x, mask),
    backward: (g, x) => [binaryBackward("mul", g, x, mask).a],
  };
}

export const dropoutCases: OpCase[] = [
  dropped([], 0.5, 1, 0),
  dropped([7], 0.25, 1, 0),
  dropped([3, 5, 20], 0.5, 2 ** 32 - 1, 2 ** 31 - 1),
  dropped([1, 5, 13], 0, 3, 1),
];

Deno.test("dropout() draws a mask in each replay, that of its count", async () => {
  using _ = scope();
  const draws = count(), options = { p: 0.5, seed: 7 };
  const x = ones([67]);
  const step = recorded(() => dropout(x, { ...options, draws }));
  for (let i = 0; i < 3; i++) {
    const expected = dropoutMask([67], { ...options, draws: i });
    assertEquals([...await step().read()], [...expected.data]);
  }
  assertEquals([...await draws.read()], [3]);
  step.dispose();
});

Deno.test("dropout() drops its share", async () => {
  using _ = scope();
  const size = 1 << 16, p = 0.3;
  const y = await dropout(ones([size]), { p, seed: 1, draws: count() }).read();
  const share = y.filter((value) => value === 0).length / size;
  assert(Math.abs(share - p) < 4 * Math.sqrt(p * (1 - p) / size), `${share} were dropped`);
});

Deno.test("dropout() leaves no trace of a NaN or an infinity that it drops, nor of their gradients", async () => {
  using _ = scope();
  const size = 64, options = { p: 0.5, seed: 7 };
  const mask = [...dropoutMask([size], { ...options, draws: 0 }).data];
  for (const wild of [NaN, Infinity, -Infinity]) {
    const wildly = () => tensor(Array(size).fill(wild), { requiresGrad: true });
    const [x, steep] = [wildly(), wildly()];
    const y = dropout(x, { ...options, draws: count() });
    assertEquals([...await y.read()], mask.map((m) => m === 0 ? 0 : wild));
    backward(sum(mul(y, steep)));
    assertEquals([...await x.grad!.read()], mask.map((m) => m === 0 ? 0 : wild));
  }
});
