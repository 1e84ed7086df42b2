/** Values of every step or sample of an epoch, gathered on the GPU and read once. */
import source from "../../kernels/append.wgsl" with { type: "text" };
import { gpu } from "../gpu/device.ts";
import type { BufferView } from "../gpu/dispatch.ts";
import { Kernel } from "../gpu/kernel.ts";
import { launch } from "../ops/launch.ts";
import { unscoped } from "../tensor/scope.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";

const kernel = new Kernel("append", source);

/** A table `[rows, columns]` that steps write into at the cursor of their batches. */
export class History {
  readonly table: Tensor;
  readonly #rows: number;
  readonly #columns: number;
  readonly #bySample: boolean;

  /**
   * Makes the table.
   *
   * @param per Whether a row belongs to a step or to a sample.
   * @throws {RangeError} When the adapter cannot bind the values of an epoch at once.
   */
  constructor(per: "step" | "sample", rows: number, columns: number) {
    const bytes = 4 * rows * columns, most = gpu().pool.mostBytes;
    if (bytes > most) {
      throw new RangeError(
        `Cannot allocate what an epoch of ${rows} ${per}s leaves, ${bytes} bytes: this adapter binds at most ${most}; ` +
          "use fewer images or features",
      );
    }
    this.#bySample = per === "sample";
    this.#rows = rows;
    this.#columns = columns;
    this.table = unscoped(() => empty([rows, columns]));
  }

  /** Writes `values`, a scalar or `[rows, width]`, into the columns from `column` on. */
  append(cursor: Tensor, values: Tensor, column: number): void {
    const [rows, width] = values.shape.length === 2 ? values.shape : [1, values.size];
    launch(kernel, {
      constants: { BY_SAMPLE: this.#bySample },
      params: { rows, width, stride: this.#columns, column, capacity: this.#rows },
      tensors: { cursor, values, history: this.table },
      threads: values.size,
      cost: { bytes: 8 * values.size },
    });
  }

  /** Frees the table. */
  dispose(): void {
    this.table.dispose();
  }

  /** Some of its rows, as {@linkcode Gpu.read} takes them. */
  rows(from: number, to: number): BufferView {
    const { storage, offset } = this.table.view, bytes = 4 * this.#columns;
    return { storage, offset: offset + from * bytes, bytes: (to - from) * bytes };
  }
}
