/** The gradient of a scalar: one walk along the tape, from its end. */
import { checkTensors } from "../tensor/operands.ts";
import { gpu } from "../gpu/device.ts";
import { sameShape, show } from "../tensor/shape.ts";
import { addLeaf, makerOf, noGrad, takeTape, type TapeOp, tapeOps } from "../tensor/tape.ts";
import { allOrNothing } from "../tensor/scope.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { evaluateBinary } from "./binary_kernel.ts";
import { copyBox } from "./copy.ts";
import { ones } from "./fill.ts";

/**
 * Computes the gradient of a scalar for every tensor made with `requiresGrad` that it depends on, and leaves it in that
 * tensor's `grad` (added to what is there). Empties the tape: one pass of ops has one backward pass, so several losses are
 * added up first. What is refused for the loss or the tape leaves the tape as it is; where an op refuses to compute its
 * gradient, the graph is gone, and no tensor got a gradient.
 * (After karpathy/micrograd, `engine.py`: forward and derivative side by side, one walker that sums.)
 *
 * @throws {TypeError} When `loss` is not a scalar, depends on nothing that requires a gradient, or its graph is gone:
 * another `backward()` took it, its scope ended, or it was made outside of the recorded step; when a tensor was written
 * after an op had read it, by `write()`, by an optimizer's step, by a training pass of batch norm, or by a recorded step;
 * or when a tensor has a `grad` already that is of another type or shape or, inside a recorded step, from outside, so that
 * each replay would add it again.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { backward, mul, openGpu, sum, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const x = tensor([1, 2, 3], { requiresGrad: true });
 * backward(sum(mul(x, x)));
 * assertEquals([...await x.grad!.read()], [2, 4, 6]);
 * ```
 */
export function backward(loss: Tensor): void {
  checkTensors("backward()", { loss });
  const ops = graphOf(loss);
  takeTape();
  allOrNothing(() =>
    noGrad(() => {
      const computed = new Set(ops.map(({ output }) => output));
      const grads = new Map<Tensor, Tensor>([[loss, ones(loss.shape)]]);
      for (const { op, inputs, trained, output, backward } of ops) {
        const grad = grads.get(output);
        if (!grad) continue;
        grads.delete(output);
        const gathered = (i: number) => {
          if (!computed.has(inputs[i])) return undefined;
          const before = grads.get(inputs[i]);
          grads.delete(inputs[i]);
          return before;
        };
        backward(grad, gathered).forEach((part, i) => {
          const input = inputs[i];
          if (!part) return;
          if (!input || !sameShape(part.shape, input.shape)) {
            throw new TypeError(
              `Cannot take the gradient: ${op}() gives ${
                show(part.shape)
              } as that of its input ${i}, ${
                input ? `which is ${show(input.shape)}` : `and it has ${inputs.length}`
              }`,
            );
          }
          if (!input.requiresGrad || !trained.has(input)) return part.dispose();
          grads.set(input, joined(grads.get(input), part));
        });
        grad.dispose();
      }
      // What is left belongs to tensors made with `requiresGrad`. They get it when all of it is there, each in a place of its own.
      const places = new Set<string>();
      for (const [t, part] of grads) {
        t.grad = joined(t.grad, ofItsOwn(part, places));
        addLeaf(t);
      }
    })
  );
}

/**
 * The ops that a loss is made by, the last first.
 *
 * @throws {TypeError} When there is no gradient to take, or an op is missing.
 */
function graphOf(loss: Tensor): TapeOp[] {
  if (loss.size !== 1) {
    throw new TypeError(
      `Cannot take the gradient of ${show(loss.shape)}: it is not a scalar; sum() or mean() it`,
    );
  }
  if (!loss.requiresGrad) {
    throw new TypeError(
      "Cannot take the gradient: the loss depends on no tensor with requiresGrad, or was computed in noGrad()",
    );
  }
  const ops = tapeOps();
  const onTape = new Set(ops.map(({ output }) => output));
  const wanted = new Set<Tensor>();
  const want = (t: Tensor, what: string) => {
    const maker = makerOf(t);
    if (maker && !onTape.has(t)) {
      throw new TypeError(
        `Cannot take the gradient: the graph of ${what}${
          show(t.shape)
        }, made by ${maker}(), is gone. An earlier backward() took it, its scope ended, or it was made outside of the ` +
          "recorded step: add up the losses of a pass and call backward() once, or compute it again",
      );
    }
    if (!maker) checkGradBefore(t);
    wanted.add(t);
  };
  want(loss, "the loss ");
  return ops.filter(({ op, trained, output, reads }) => {
    if (!wanted.has(output)) return false;
    for (const input of trained) {
      if (input.requiresGrad) want(input, `${op}()'s input `);
    }
    for (const [what, t, version] of reads) {
      if (!t.writtenSince(version)) continue;
      throw new TypeError(
        `Cannot take the gradient: the ${what} ${
          show(t.shape)
        } of ${op}() was written since; what writes it (write(), an optimizer's step(), batchNorm() in training, a ` +
          "recorded step) belongs before the forward pass, or after backward()",
      );
    }
    return true;
  });
}

/**
 * Refuses to add to what is no gradient of the tensor, or not the recorded step's own.
 *
 * @throws {TypeError}
 */
function checkGradBefore({ shape, grad }: Tensor): void {
  if (!grad) return;
  if (grad.dtype !== "f32" || !sameShape(grad.shape, shape)) {
    throw new TypeError(
      `Cannot take the gradient: the tensor ${show(shape)} has a grad already, ${
        String(grad)
      }, and what is added to must be f32 ${show(shape)}; set the grad to undefined`,
    );
  }
  if (grad.disposed) {
    throw new TypeError(
      `Cannot take the gradient: the tensor ${
        show(shape)
      } has a grad of an earlier backward(), which its scope freed; ` +
        "give the tensor to an optimizer, whose step() takes it, set the grad to undefined, or keep() it to add up over scopes",
    );
  }
  if (!gpu().recordings.outside(grad.view)) return;
  throw new TypeError(
    `Cannot record backward(): the tensor ${
      show(shape)
    } has a grad from outside of the recorded step, and each replay would add that again; step() before the recording, ` +
      "or set the grad to undefined",
  );
}

/** A gradient, or a copy of it where another one has its place: of `a + b` both are the sum's own. Takes it over. */
function ofItsOwn(grad: Tensor, places: Set<string>): Tensor {
  const { storage, offset } = grad.view, place = `${storage.id}:${offset}`;
  if (!places.has(place)) {
    places.add(place);
    return grad;
  }
  const own = empty(grad.shape);
  copyBox(grad.shape, { tensor: grad }, { tensor: own });
  grad.dispose();
  return own;
}

/** The sum of two gradients of one tensor; takes over both. */
function joined(before: Tensor | undefined, part: Tensor): Tensor {
  if (!before) return part;
  const total = evaluateBinary("add", before, part);
  before.dispose();
  part.dispose();
  return total;
}
