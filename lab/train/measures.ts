/** Numbers of the samples that were seen last, made on the GPU where their features are. */
import meansSource from "./class_means.wgsl" with { type: "text" };
import spreadSource from "./class_spread.wgsl" with { type: "text" };
import { Kernel } from "../../src/gpu/kernel.ts";
import { launch } from "../../src/ops/launch.ts";
import { unscoped } from "../../src/tensor/scope.ts";
import { empty, type Tensor } from "../../src/tensor/tensor.ts";

const meansKernel = new Kernel("class_means", meansSource);
const spreadKernel = new Kernel("class_spread", spreadSource);

/** What is known of each class, and of all of them. */
export interface Measures {
  /** `[classes, dim]`. */
  means: Float32Array;
  /** Standard deviation along each axis, `[classes, dim]`. */
  deviations: Float32Array;
  /** Samples of each class. */
  counts: Float32Array;
  /** Mean squared distance to the mean of one's own class, over that between the means and their middle. */
  ratio: number;
  /** Share of hits by the largest logit. */
  byLogit: number;
  /** Share of hits by the nearest center. */
  byCenter: number;
}

/** Measures a table again and again, in the same memory. */
export class Measure {
  /** `[classes, dim]`, of the last {@linkcode Measure.dispatch}. */
  readonly means: Tensor;
  readonly #counts: Tensor;
  readonly #spread: Tensor;

  constructor(classes: number, dim: number) {
    [this.means, this.#counts, this.#spread] = unscoped(() => [
      empty([classes, dim]),
      empty([classes]),
      empty([classes, dim + 2]),
    ]);
  }

  /** Encodes the work over the first `rows` rows; references are the centers, or the means where there are none. */
  dispatch(table: Tensor, rows: number, references: Tensor = this.means): void {
    const counts = this.#counts, of_means = Number(references === this.means);
    const [classes, dim] = this.means.shape, stride = table.shape[1];
    const params = { rows, stride, dim }, groups = [classes] as const;
    launch(meansKernel, {
      params,
      tensors: { table, means: this.means, counts },
      groups,
    });
    const tensors = { table, means: this.means, references, counts, spread: this.#spread };
    launch(spreadKernel, { params: { ...params, classes, of_means }, tensors, groups });
  }

  /** Tensors to read, for {@linkcode Measure.of}. */
  get results(): Tensor[] {
    return [this.means, this.#counts, this.#spread];
  }

  /** The numbers that were read. */
  of([means, counts, spread]: Float32Array[]): Measures {
    const [classes, dim] = this.means.shape;
    const deviations = new Float32Array(classes * dim);
    const middle = new Float32Array(dim);
    let all = 0, within = 0, between = 0, byLogit = 0, byCenter = 0;
    for (let k = 0; k < classes; k++) {
      all += counts[k];
      const row = spread.subarray(k * (dim + 2), (k + 1) * (dim + 2));
      for (let d = 0; d < dim; d++) {
        within += row[d];
        deviations[k * dim + d] = Math.sqrt(row[d] / Math.max(1, counts[k]));
        middle[d] += counts[k] * means[k * dim + d];
      }
      byLogit += row[dim];
      byCenter += row[dim + 1];
    }
    for (let d = 0; d < dim; d++) middle[d] /= all;
    for (let k = 0; k < classes; k++) {
      for (let d = 0; d < dim; d++) between += counts[k] * (means[k * dim + d] - middle[d]) ** 2;
    }
    const ratio = within / between;
    return { means, counts, deviations, ratio, byLogit: byLogit / all, byCenter: byCenter / all };
  }

  /** Frees its memory. */
  dispose(): void {
    for (const t of this.results) t.dispose();
  }
}
