/** Labels as rows with a single 1. */
import source from "../../kernels/one_hot.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkDType } from "../tensor/operands.ts";
import { show } from "../tensor/shape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { type CheckRows, labelsCheck } from "./check_rows.ts";
import { launch } from "./launch.ts";

const checkLabels = labelsCheck("the one-hot rows");
const kernel = new Kernel("one_hot", source);

/**
 * A row a label: 1 at its class, 0 elsewhere. No gradient.
 *
 * @param labels `i32`, of any shape.
 * @param classes How many there are; labels are from 0 to below.
 * @returns `[...labels, classes]`, `f32`.
 * @throws {TypeError} When `labels` are no `i32`.
 * @throws {RangeError} When `classes` is no whole number from 1; for a label that is no class, here or at the next readback.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { oneHot, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const labels = tensor([2, 0], { dtype: "i32" });
 * assertEquals([...await oneHot(labels, 3).read()], [0, 0, 1, 1, 0, 0]);
 * ```
 */
export function oneHot(labels: Tensor, classes: number): Tensor {
  checkDType("oneHot", "i32", { labels });
  if (!Number.isInteger(classes) || classes < 1) {
    throw new RangeError(
      `Cannot make one-hot rows of ${
        show(labels.shape)
      } with ${classes} classes: it must be a whole number from 1`,
    );
  }
  return oneHotRows(labels, classes, checkLabels);
}

/** The same for a function that refuses labels in words of its own. */
export function oneHotRows(labels: Tensor, classes: number, check: CheckRows): Tensor {
  check(labels, classes);
  const y = empty([...labels.shape, classes]);
  launch(kernel, {
    params: { rows: labels.size, classes },
    tensors: { labels, y },
    threads: y.size,
  });
  return y;
}
