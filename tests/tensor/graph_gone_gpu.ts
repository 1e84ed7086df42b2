/** Backward passes over a graph that is not, or no longer, there: refused, and what is there is left as it is. */
import { assertEquals, assertThrows } from "@std/assert";
import { backward, mul, sum } from "../../src/ops/mod.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { keep, scope } from "../../src/tensor/scope.ts";
import { noGrad, takeTape } from "../../src/tensor/tape.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";

const leaf = () => tensor([1, 2], { requiresGrad: true });
const GONE =
  "is gone. An earlier backward() took it, its scope ended, or it was made outside of the " +
  "recorded step: add up the losses of a pass and call backward() once, or compute it again";

Deno.test("backward() refuses a loss whose graph it has taken already", async () => {
  using _ = scope();
  const x = leaf(), loss = sum(mul(x, 3));
  backward(loss);
  const message = `Cannot take the gradient: the graph of the loss [], made by sum(), ${GONE}`;
  assertThrows(() => backward(loss), TypeError, message);
  assertEquals([...await x.grad!.read()], [3, 3]);
});

Deno.test("backward() refuses an independent loss of the same pass", async () => {
  using _ = scope();
  const [x, y] = [leaf(), leaf()];
  const [first, second] = [sum(mul(x, 3)), sum(mul(y, 5))];
  backward(first);
  assertThrows(() => backward(second), TypeError, GONE);
  assertEquals([y.grad, [...await x.grad!.read()]], [undefined, [3, 3]]);
});

Deno.test("backward() refuses a loss of features that were taken", () => {
  using _ = scope();
  const x = leaf(), features = mul(x, 3);
  backward(sum(features));
  const loss = sum(mul(features, 5));
  x.grad = undefined;
  assertThrows(
    () => backward(loss),
    TypeError,
    `the graph of mul()'s input [2], made by mul(), ${GONE}`,
  );
  assertEquals([x.grad, features.grad], [undefined, undefined]);
});

for (const outer of [false, true]) {
  Deno.test(`backward() refuses the graph of a scope that ended, ${outer ? "within" : "without"} another`, () => {
    using _ = outer ? scope() : undefined;
    let loss: Tensor;
    {
      using _inner = scope();
      loss = keep(sum(mul(leaf(), 3)));
    }
    assertThrows(() => backward(loss), TypeError, GONE);
    loss.dispose();
  });
}

Deno.test("a scope that ends forgets its own ops and no others", async () => {
  using _ = scope();
  const x = leaf(), y = mul(x, 3);
  {
    using _inner = scope();
    mul(x, 5);
  }
  backward(sum(y));
  assertEquals([...await x.grad!.read()], [3, 3]);
});

Deno.test("backward() says that a gradient was left to a scope that freed it", async () => {
  using _ = scope();
  const x = leaf();
  {
    using _step = scope();
    backward(sum(mul(x, 3)));
  }
  const message = "the tensor [2] has a grad of an earlier backward(), which its scope freed; give";
  assertThrows(() => backward(sum(mul(x, 3))), TypeError, message);
  x.grad = undefined;
  backward(sum(mul(x, 3)));
  assertEquals([...await x.grad!.read()], [3, 3]);
});

Deno.test("a backward() that was refused leaves the tape as it is", async () => {
  using _ = scope();
  const x = leaf(), y = mul(x, 3);
  assertThrows(() => backward(y), TypeError, "it is not a scalar");
  assertThrows(() => backward(sum(tensor([1]))), TypeError, "no tensor with requiresGrad");
  backward(sum(y));
  assertEquals([...await x.grad!.read()], [3, 3]);
});

Deno.test("noGrad() refuses an asynchronous function, whose ops after its first wait would be on the tape", () => {
  using _ = scope();
  const x = tensor([1, 2], { requiresGrad: true });
  const wrong = () => noGrad(() => Promise.reject(new Error("nobody hears this")));
  assertThrows(wrong, TypeError, "Cannot run an asynchronous function without a tape");
  assertThrows(() => noGrad(async () => await x.read()), TypeError, "without a tape");
});

Deno.test("backward() says that a loss was computed in noGrad(), and itself runs there", async () => {
  using _ = scope();
  const x = leaf(), loss = sum(x);
  assertThrows(() => backward(noGrad(() => sum(x))), TypeError, "or was computed in noGrad()");
  noGrad(() => backward(loss));
  assertEquals([...await x.grad!.read()], [1, 1]);
});

Deno.test("backward() of a tensor made with requiresGrad gives it 1", async () => {
  using _ = scope();
  const x = tensor(7, { requiresGrad: true });
  backward(x);
  backward(x);
  assertEquals(await x.grad!.item(), 2);
});

Deno.test("backward() leaves no gradient where a tensor on the way was freed", () => {
  using _ = scope();
  const [x, y] = [leaf(), leaf()];
  const square = mul(y, y), loss = sum(mul(x, mul(square, square)));
  square.dispose();
  assertThrows(() => backward(loss), TypeError, "Cannot use the tensor [2]: it was freed");
  assertEquals([x.grad, y.grad, takeTape()], [undefined, undefined, []]);
});

Deno.test("a recorded step has a tape of its own", async () => {
  using _ = scope();
  const x = leaf(), before = sum(mul(x, 3));
  const step = recorded(() => sum(mul(x, 5)));
  assertThrows(() => backward(step()), TypeError, GONE);
  assertThrows(() => recorded(() => backward(before))(), TypeError, GONE);
  backward(before);
  assertEquals([...await x.grad!.read()], [3, 3]);
  step.dispose();
});

Deno.test("backward() refuses a pass whose tensors were written since, and leaves it as it is", () => {
  using _ = scope();
  const x = leaf(), data = tensor([3, 4]);
  const product = mul(x, data), loss = sum(product);
  data.write([5, 6]);
  const message = (what: string) =>
    `Cannot take the gradient: ${what} [2] of mul() was written since; what writes it (write(), an`;
  assertThrows(() => backward(loss), TypeError, message("the input"));
  const again = mul(x, data);
  again.write([0, 0]);
  assertThrows(() => backward(sum(again)), TypeError, message("the result"));
  assertEquals(x.grad, undefined);
});

Deno.test("backward() refuses to add to what is no gradient of the tensor, and leaves the tape as it is", async () => {
  using _ = scope();
  const x = leaf(), loss = sum(mul(x, 3));
  for (const grad of [tensor([1, 2], { dtype: "i32" }), tensor([1]), tensor([[1, 2]])]) {
    x.grad = grad;
    assertThrows(
      () => backward(loss),
      TypeError,
      `Cannot take the gradient: the tensor [2] has a grad already, ${grad}, and what is added to must be f32 [2]`,
    );
  }
  x.grad!.dispose();
  assertThrows(() => backward(loss), TypeError, "has a grad already, Tensor(f32 [1, 2], disposed)");
  x.grad = tensor([1, 1]);
  backward(loss);
  assertEquals([...await x.grad.read()], [4, 4]);
});
