/** The tape and the walk along it. */
import { assertEquals, assertThrows } from "@std/assert";
import { add, backward, exp, mul, ones, relu, reshape, sub, sum } from "../../src/ops/mod.ts";
import { scope } from "../../src/tensor/scope.ts";
import { noGrad, takeTape, withGradient } from "../../src/tensor/tape.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";

/** The gradient of `sum(f(x))`. */
async function gradient(f: (x: Tensor) => Tensor, values: number[]): Promise<number[]> {
  using _ = scope();
  const x = tensor(values, { requiresGrad: true });
  backward(sum(f(x)));
  return [...await x.grad!.read()];
}

Deno.test("backward() sums the gradients of a tensor used twice", async () => {
  assertEquals(await gradient((x) => mul(x, x), [1, -2, 3]), [2, -4, 6]);
  assertEquals(await gradient((x) => add(x, x), [1, 2]), [2, 2]);
  assertEquals(await gradient((x) => sub(x, x), [1, 2]), [0, 0]);
});

Deno.test("backward() goes around a residual connection", async () => {
  assertEquals(await gradient((x) => add(mul(relu(x), 3), x), [2, -2]), [4, 1]);
  assertEquals(await gradient((x) => add(x, mul(relu(x), 3)), [2, -2]), [4, 1]);
});

Deno.test("backward() waits for all uses of a tensor in between", async () => {
  const cube = (x: Tensor) => {
    const y = mul(x, x);
    return mul(add(y, y), mul(y, x)); // 2 x^5
  };
  assertEquals(await gradient(cube, [1, -2]), [10, 160]);
});

Deno.test("alias() is a constant: no gradient goes back through it", async () => {
  const f = (x: Tensor) => mul(x.alias([2, 1]), reshape(x, [2, 1]));
  assertEquals(await gradient(f, [3, 5]), [3, 5]);
});

Deno.test("backward() carries a gradient through a view of the same memory", async () => {
  const f = (x: Tensor) => mul(reshape(x, [2, 1]), x); // x_i x_j
  assertEquals(await gradient(f, [3, 5]), [16, 16]);
});

Deno.test("backward() adds to the gradients that are there", async () => {
  using _ = scope();
  const x = tensor([1, 2, 3], { requiresGrad: true });
  backward(sum(mul(x, x)));
  backward(sum(mul(x, 10)));
  assertEquals([...await x.grad!.read()], [12, 14, 16]);
});

Deno.test("backward() leaves gradients only where they were asked for", () => {
  using _ = scope();
  const [x, fixed] = [tensor([1, 2], { requiresGrad: true }), tensor([3, 4])];
  const unused = tensor([5], { requiresGrad: true });
  const y = mul(x, fixed);
  exp(unused); // on the tape, but no part of the loss
  backward(sum(y));
  assertEquals([x, fixed, y, unused].map((t) => t.grad !== undefined), [true, false, false, false]);
});

Deno.test("backward() names an op that gives its input a gradient of another shape, or more than it has", () => {
  using _ = scope();
  const x = tensor([[1, 2], [3, 4]], { requiresGrad: true });
  const refused = (shapes: number[][], words: string) => {
    const y = withGradient("mine", [x], x.alias(), () => shapes.map((shape) => ones(shape)));
    assertThrows(() => backward(sum(y)), TypeError, `mine() gives ${words}`);
    assertEquals(x.grad, undefined);
  };
  refused([[2]], "[2] as that of its input 0, which is [2, 2]");
  refused([[2, 2], [1]], "[1] as that of its input 1, and it has 1");
});

Deno.test("backward() empties the tape", () => {
  using _ = scope();
  backward(sum(tensor([1, 2], { requiresGrad: true })));
  assertEquals(takeTape(), []);
});

Deno.test("backward() takes a loss of shape [1, 1]", async () => {
  using _ = scope();
  const x = tensor([[3]], { requiresGrad: true });
  backward(mul(x, x));
  assertEquals([...await x.grad!.read()], [6]);
});

Deno.test("backward() refuses what is not a scalar or has no gradient", () => {
  using _ = scope();
  const x = tensor([1, 2], { requiresGrad: true });
  assertThrows(
    () => backward(mul(x, x)),
    TypeError,
    "Cannot take the gradient of [2]: it is not a scalar; sum() or mean() it",
  );
  assertThrows(
    () => backward(sum(tensor([1, 2]))),
    TypeError,
    "the loss depends on no tensor with requiresGrad",
  );
});

Deno.test("noGrad() notes nothing, also after an error", () => {
  using _ = scope();
  const x = tensor([1, 2], { requiresGrad: true });
  assertEquals(noGrad(() => mul(x, x)).requiresGrad, false);
  assertThrows(() =>
    noGrad(() => {
      throw new Error("stop");
    })
  );
  assertEquals(takeTape(), []);
  assertEquals(mul(x, x).requiresGrad, true);
});
