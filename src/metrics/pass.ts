/** One way through a data set, and what the steps leave behind on the GPU. */
import type { ImageSet } from "../../data/image_set.ts";
import { type Labels, labelsAt } from "../../data/labels.ts";
import { type BatchOptions, ImageBatches } from "../dataset/image_batches.ts";
import type { Told } from "../gpu/first_run.ts";
import { crossEntropyOfRows } from "../losses/cross_entropy.ts";
import { slice } from "../ops/layout.ts";
import { type Recorded, recorded } from "../tensor/recorded.ts";
import { noGrad } from "../tensor/tape.ts";
import { readAll, type Tensor, tensor } from "../tensor/tensor.ts";
import { logOdds } from "./certainty.ts";
import { accuracy, type Classification, classify } from "./classification.ts";
import { History } from "./history.ts";

/** Loss terms and accuracy of a step, or their means over an epoch. */
export interface StepMetrics {
  /** The loss that is trained. */
  loss: number;
  /** What it is made of, each before its weight, by name. */
  terms: Record<string, number>;
  /** Share of hits: by the largest logit, or by the nearest center where the logits are not trained. */
  accuracy: number;
}

/** A set of samples at the end of an epoch. */
export interface SplitResult extends Classification {
  /** Means over the samples, as they were when each batch was seen. */
  losses: StepMetrics;
  /** Share of hits by the largest logit; NaN where the logits are not trained. */
  accuracy: number;
  /** Share of hits by the nearest center. */
  nearestAccuracy: number;
  /** In the order of the data set, `[count, featureDim]`; NaN for samples that the epoch left out. */
  features: Float32Array<ArrayBuffer>;
  /**
   * In the order of the data set, `[count, 3]`: the class of the largest logit, the log-odds of its probability, and the
   * logarithm of the probability of the sample's own class. NaN for samples that the epoch left out, and for all where the
   * logits say nothing.
   */
  predictions: Float32Array<ArrayBuffer>;
  /** Labels of the samples that were seen, in the order of the predictions. */
  labels: Labels;
}

/** Columns of a step's row in the history; the terms follow. */
const LOSS = 0, HITS = 1, TERMS = 2;

/** What a pass keeps. */
export interface PassColumns {
  /** Names of the loss's terms. */
  terms: readonly string[];
  /** Width of a sample's features and logits together. */
  sample: number;
}

/** One way through a data set: its batches, its recorded steps and what they leave behind. */
export class Pass {
  /** Where its samples come from. */
  readonly batches: ImageBatches;
  readonly #perStep: History;
  readonly #perSample: History;
  readonly #seen: number;
  readonly #columns: PassColumns;
  readonly #recordings = new Map<number, Recorded<void>>();

  constructor(set: ImageSet, options: BatchOptions, columns: PassColumns) {
    this.batches = new ImageBatches(set, options);
    this.#seen = this.batches.sizes.reduce((a, b) => a + b, 0);
    this.#columns = columns;
    this.#perStep = new History("step", this.batches.sizes.length, TERMS + columns.terms.length);
    this.#perSample = new History("sample", this.#seen, columns.sample);
  }

  /**
   * Runs a step of `rows` samples: recorded the first time, replayed afterwards.
   *
   * @param told Hears of kernels that are compiled for the first one.
   * @returns What to wait for, where it is the first.
   */
  step(
    body: (pass: Pass, rows: number) => void,
    rows: number,
    told?: Told,
  ): Promise<void> | undefined {
    const known = this.#recordings.get(rows);
    if (known) return void known();
    const run = recorded(() => {
      body(this, rows);
      this.batches.advance(rows);
    });
    this.#recordings.set(rows, run);
    return run.start(told);
  }

  /** Frees its batches, recorded steps and histories. */
  dispose(): void {
    for (const step of this.#recordings.values()) step.dispose();
    this.#recordings.clear();
    this.#perStep.dispose();
    this.#perSample.dispose();
    this.batches.dispose();
  }

  /** Writes a step's results into the histories. */
  note(
    { loss, terms, hits, features, logits }:
      & { terms: readonly Tensor[] }
      & Record<"loss" | "hits" | "features" | "logits", Tensor>,
  ): void {
    const { cursor } = this.batches;
    const values = [loss, hits, ...terms];
    values.forEach((value, column) => this.#perStep.append(cursor, value, column));
    this.#perSample.append(cursor, features, 0);
    this.#perSample.append(cursor, logits, features.shape[1]);
  }

  /** Waits for the GPU, after `pause`, and reads the rows of some steps. */
  async readSteps(from: number, to: number, pause?: () => Promise<void>): Promise<StepMetrics[]> {
    const rows = await this.#perStep.read(to, pause);
    const names = this.#columns.terms, columns = TERMS + names.length;
    return this.batches.sizes.slice(from, to).map((size, i) => {
      const row = rows.subarray((from + i) * columns, (from + i + 1) * columns);
      return {
        loss: row[LOSS],
        terms: Object.fromEntries(names.map((name, k) => [name, row[TERMS + k]])),
        accuracy: row[HITS] / size,
      };
    });
  }

  /** Features and logits of all samples seen, with their labels, in the order of the epoch. */
  samples(featureDim: number): { features: Tensor; logits: Tensor; labels: Labels } {
    const { table } = this.#perSample;
    const { order, set } = this.batches;
    return noGrad(() => ({
      features: slice(table, [0, 0], [this.#seen, featureDim]),
      logits: slice(table, [0, featureDim], [this.#seen, this.#columns.sample]),
      labels: labelsAt(set.labels, order.subarray(0, this.#seen)),
    }));
  }

  /** Classifies the samples, by logit only where those say something, and joins it with the means of the steps. */
  async result(
    { features, logits, labels }: { features: Tensor; logits: Tensor; labels: Labels },
    centers: Tensor,
    steps: readonly StepMetrics[],
    readsLogits: boolean,
  ): Promise<SplitResult> {
    const { order, set, sizes } = this.batches;
    const found = await classify(features, logits, centers, labels);
    const inOrder = (values: Float32Array, width: number) => {
      const rows = new Float32Array(set.count * width).fill(NaN);
      for (let i = 0; i < values.length / width; i++) {
        rows.set(values.subarray(i * width, (i + 1) * width), order[i] * width);
      }
      return rows;
    };
    const judged = readsLogits && logits.shape[1] > 1
      ? noGrad(() => {
        const own = tensor(Int32Array.from(labels), { dtype: "i32" });
        return [logOdds(logits), crossEntropyOfRows(logits, own)];
      })
      : [];
    const [values, odds = [], losses = []] = await readAll([features, ...judged]);
    const predictions = Float32Array.from(
      { length: 3 * odds.length },
      (_, i) =>
        [found.byLogit[(i - i % 3) / 3], odds[(i - i % 3) / 3], -losses[(i - i % 3) / 3]][i % 3],
    );
    const mean = (of: (step: StepMetrics) => number) =>
      steps.reduce((sum, s, i) => sum + of(s) * sizes[i], 0) / this.#seen;
    const names = this.#columns.terms;
    return {
      ...found,
      losses: {
        loss: mean((s) => s.loss),
        terms: Object.fromEntries(names.map((name) => [name, mean((s) => s.terms[name])])),
        accuracy: mean((s) => s.accuracy),
      },
      accuracy: readsLogits ? accuracy(found.byLogit, labels) : NaN,
      nearestAccuracy: accuracy(found.byCenter, labels),
      features: inOrder(values as Float32Array, features.shape[1]),
      predictions: inOrder(predictions, 3),
      labels,
    };
  }
}
