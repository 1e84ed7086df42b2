/** One way through a data set, and what the steps leave behind on the GPU. */
import type { ImageSet } from "../../data/image_set.ts";
import { type BatchOptions, ImageBatches } from "../dataset/image_batches.ts";
import { gpu } from "../gpu/device.ts";
import { slice } from "../ops/layout.ts";
import { recorded } from "../tensor/recorded.ts";
import { noGrad } from "../tensor/tape.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { accuracy, type Classification, classify } from "./classification.ts";
import { History } from "./history.ts";

/** Loss terms and accuracy of a step, or their means over an epoch. */
export interface StepMetrics {
  /** The loss that is trained. */
  loss: number;
  /** Its cross-entropy, in nats. */
  crossEntropy: number;
  /** The center loss before its weight; measured, not trained, where the row has none. */
  center: number;
  /** Share of hits by the largest logit. */
  accuracy: number;
}

/** A set of samples at the end of an epoch. */
export interface SplitResult extends Classification {
  /** Means over the samples, as they were when each batch was seen. */
  losses: StepMetrics;
  /** Share of hits by the largest logit. */
  accuracy: number;
  /** Share of hits by the nearest center. */
  nearestAccuracy: number;
  /** In the order of the data set, `[count, featureDim]`; NaN for samples that the epoch left out. */
  features: Float32Array<ArrayBuffer>;
  /** Labels of the samples that were seen, in the order of the predictions. */
  labels: Uint8Array;
}

/** Columns of a step's row in the history. */
const LOSS = 0, CROSS_ENTROPY = 1, CENTER = 2, HITS = 3, STEP_COLUMNS = 4;

/** One way through a data set: its batches, its recorded steps and what they leave behind. */
export class Pass {
  /** Where its samples come from. */
  readonly batches: ImageBatches;
  readonly #perStep: History;
  readonly #perSample: History;
  readonly #seen: number;
  readonly #columns: number;
  readonly #recordings = new Map<number, () => void>();

  /** `columns` is the width of features and logits together. */
  constructor(
    set: ImageSet,
    options: BatchOptions,
    columns: number,
  ) {
    this.batches = new ImageBatches(set, options);
    this.#seen = this.batches.sizes.reduce((a, b) => a + b, 0);
    this.#columns = columns;
    this.#perStep = new History("step", this.batches.sizes.length, STEP_COLUMNS);
    this.#perSample = new History("sample", this.#seen, columns);
  }

  /** Runs a step of `rows` samples: recorded the first time, replayed afterwards. */
  step(body: (pass: Pass, rows: number) => void, rows: number): void {
    let run = this.#recordings.get(rows);
    if (!run) {
      run = recorded(() => {
        body(this, rows);
        this.batches.advance(rows);
      });
      this.#recordings.set(rows, run);
    }
    run();
  }

  /** Writes a step's results into the histories. */
  note(
    of: Record<"loss" | "crossEntropy" | "pull" | "hits" | "features" | "logits", Tensor>,
  ): void {
    const { cursor } = this.batches;
    const row = empty([1, STEP_COLUMNS]);
    [of.loss, of.crossEntropy, of.pull, of.hits].forEach((value, column) => {
      const place = row.alias([1], column);
      gpu().copy(value.view, place.view);
      place.dispose();
    });
    this.#perStep.append(cursor, row, LOSS);
    row.dispose();
    this.#perSample.append(cursor, of.features, 0);
    this.#perSample.append(cursor, of.logits, of.features.shape[1]);
  }

  /** Waits for the GPU, after `pause`, and reads the rows of some steps. */
  async readSteps(from: number, to: number, pause?: () => Promise<void>): Promise<StepMetrics[]> {
    const rows = await this.#perStep.read(to, pause);
    return this.batches.sizes.slice(from, to).map((size, i) => {
      const at = (from + i) * STEP_COLUMNS;
      return {
        loss: rows[at + LOSS],
        crossEntropy: rows[at + CROSS_ENTROPY],
        center: rows[at + CENTER],
        accuracy: rows[at + HITS] / size,
      };
    });
  }

  /** Features and logits of all samples seen, with their labels, in the order of the epoch. */
  samples(featureDim: number): { features: Tensor; logits: Tensor; labels: Uint8Array } {
    const { table } = this.#perSample;
    const { order, set } = this.batches;
    return noGrad(() => ({
      features: slice(table, [0, 0], [this.#seen, featureDim]),
      logits: slice(table, [0, featureDim], [this.#seen, this.#columns]),
      labels: Uint8Array.from(order.subarray(0, this.#seen), (sample) => set.labels[sample]),
    }));
  }

  /** Classifies the samples, and joins it with the means of the steps. */
  async result(
    { features, logits, labels }: { features: Tensor; logits: Tensor; labels: Uint8Array },
    centers: Tensor,
    steps: readonly StepMetrics[],
  ): Promise<SplitResult> {
    const { order, set, sizes } = this.batches;
    const found = await classify(features, logits, centers, labels);
    const dim = features.shape[1];
    const inOrder = new Float32Array(set.count * dim).fill(NaN);
    const values = await features.read();
    for (let i = 0; i < this.#seen; i++) {
      inOrder.set(values.subarray(i * dim, (i + 1) * dim), order[i] * dim);
    }
    const mean = (key: keyof StepMetrics) =>
      steps.reduce((sum, s, i) => sum + s[key] * sizes[i], 0) / this.#seen;
    return {
      ...found,
      losses: {
        loss: mean("loss"),
        crossEntropy: mean("crossEntropy"),
        center: mean("center"),
        accuracy: mean("accuracy"),
      },
      accuracy: accuracy(found.byLogit, labels),
      nearestAccuracy: accuracy(found.byCenter, labels),
      features: inOrder,
      labels,
    };
  }
}
