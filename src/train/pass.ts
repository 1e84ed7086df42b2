/** One way through a data set, and what the steps leave behind on the GPU. */
import type { ImageSet } from "../dataset/image_set.ts";
import { type Labels, labelsAt } from "../dataset/labels.ts";
import type { BatchOptions } from "../dataset/batch_options.ts";
import { ImageBatches } from "../dataset/image_batches.ts";
import { gpu } from "../gpu/device.ts";
import type { BufferView } from "../gpu/dispatch.ts";
import type { OnCompile } from "../gpu/record/first_run.ts";
import { crossEntropyOfRows } from "../losses/cross_entropy.ts";
import { argmax } from "../ops/argmax.ts";
import { cast } from "../ops/cast.ts";
import { reshape, slice } from "../ops/layout.ts";
import { noGrad } from "../tensor/tape.ts";
import { readAll, type Tensor } from "../tensor/tensor.ts";
import { logOdds } from "../metrics/certainty.ts";
import { accuracy, type Classification, classify } from "../metrics/classification.ts";
import { History } from "./history.ts";
import { placedRows } from "./last_samples.ts";
import { RecordedSteps } from "./recorded_steps.ts";

/** Loss terms and accuracy of a step, or their means over an epoch. */
export interface StepMetrics {
  /** The loss that is trained. */
  loss: number;
  /** What it is made of, each before its weight, by name. */
  terms: Record<string, number>;
  /** Share of hits: by the largest logit where logits are trained, else the nearest center, else the nearest other sample of the batch. */
  accuracy: number;
}

/** A set of samples at the end of an epoch. */
export interface SplitResult extends Classification {
  /** Means over the samples, as they were when each batch was seen. */
  losses: StepMetrics;
  /** Share of hits by the largest logit; NaN where the logits are not trained. */
  accuracy: number;
  /** Share of hits by the nearest center, of the centers as they were when the sample was seen where they are learned. */
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
/**
 * Columns of a sample's row after its features: the largest logit's class, its log-odds and its loss where the logits say
 * something, and the class of the nearest center where centers are learned.
 */
const BY_LOGIT = 0, ODDS = 1, OWN_LOSS = 2, NEAREST = 3, CLASS_COLUMNS = 4;

/** What a pass keeps. */
export interface PassColumns {
  /** Names of the loss's terms. */
  terms: readonly string[];
  /** Width of a sample's features. */
  features: number;
  /** Whether the logits say something. */
  readsLogits: boolean;
  /** Whether there are centers while the network learns. */
  hasCenters: boolean;
}

/** One way through a data set: its batches, its recorded steps and what they leave behind. */
export class Pass {
  /** Where its samples come from. */
  readonly batches: ImageBatches;
  readonly #perStep: History;
  readonly #perSample: History;
  readonly #epochSamples: number;
  readonly #columns: PassColumns;
  readonly #steps = new RecordedSteps();
  /** Samples that this epoch saw so far, and those of the epoch before. */
  #seen = 0;
  #seenBefore = 0;

  constructor(set: ImageSet, options: BatchOptions, columns: PassColumns) {
    using made = new DisposableStack();
    const own = <T extends { dispose(): void }>(it: T) => made.adopt(it, () => it.dispose());
    this.batches = own(new ImageBatches(set, options));
    this.#epochSamples = this.batches.sizes.reduce((a, b) => a + b, 0);
    this.#columns = columns;
    const { length } = this.batches.sizes;
    this.#perStep = own(new History("step", length, TERMS + columns.terms.length));
    this.#perSample = own(
      new History("sample", this.#epochSamples, columns.features + CLASS_COLUMNS),
    );
    made.move(); // all of it is this object's from here on
  }

  /** Begins an epoch. */
  startEpoch(epoch: number): void {
    this.batches.startEpoch(epoch);
    // What the epoch before left beyond the place of this one stays until it is written over.
    this.#seenBefore = this.#seen;
    this.#seen = 0;
  }

  /**
   * Runs a step of `rows` samples: recorded the first time, replayed afterwards.
   *
   * @param onCompile Called with kernels that are compiled for the first one.
   * @returns What to wait for, where it is the first.
   */
  step(
    body: (pass: Pass, rows: number) => void,
    rows: number,
    onCompile?: OnCompile,
  ): Promise<void> | undefined {
    const seen = () => void (this.#seen += rows);
    const first = this.#steps.run(rows, () => {
      body(this, rows);
      this.batches.advance(rows);
    }, onCompile);
    return first ? first.then(seen) : seen();
  }

  /** Forgets its recorded steps: the next ones are recorded anew. One whose kernels are being compiled runs to its end before. */
  forget(): void {
    this.#steps.forget();
  }

  /** Frees its batches, recorded steps and histories. */
  dispose(): void {
    this.#steps.dispose();
    this.#perStep.dispose();
    this.#perSample.dispose();
    this.batches.dispose();
  }

  /** Writes a step's results into the histories; `nearest` are the classes of the nearest centers, where there are some. */
  append(
    { loss, terms, hits, features, logits, nearest, labels }:
      & { terms: readonly Tensor[]; nearest: Tensor | undefined }
      & Record<"loss" | "hits" | "features" | "logits" | "labels", Tensor>,
  ): void {
    const { cursor } = this.batches;
    const values = [loss, hits, ...terms];
    values.forEach((value, column) => this.#perStep.append(cursor, value, column));
    this.#perSample.append(cursor, features, 0);
    noGrad(() => {
      const keep = (column: number, value: Tensor) =>
        this.#perSample.append(cursor, reshape(value, [-1, 1]), this.#columns.features + column);
      keep(BY_LOGIT, cast(argmax(logits), "f32"));
      if (this.#readsLogits(logits)) {
        keep(ODDS, logOdds(logits));
        keep(OWN_LOSS, crossEntropyOfRows(logits, labels));
      }
      if (nearest) keep(NEAREST, cast(nearest, "f32"));
    });
  }

  /** Log-odds compare two classes at least. */
  #readsLogits(logits: Tensor): boolean {
    return this.#columns.readsLogits && logits.shape[1] > 1;
  }

  /** Waits for the GPU, after `pause`, and reads the rows of some steps. */
  async readSteps(from: number, to: number, pause?: () => Promise<void>): Promise<StepMetrics[]> {
    if (to <= from) return [];
    const [rows] = await gpu().read([this.#perStep.rows(from, to)], pause);
    return this.stepsOf(rows, from);
  }

  /** Where the rows of some steps are. */
  stepRows(from: number, to: number): BufferView {
    return this.#perStep.rows(from, to);
  }

  /** Rows of steps from `from` on, by their columns' names. */
  stepsOf(bytes: ArrayBuffer, from: number): StepMetrics[] {
    const rows = new Float32Array(bytes);
    const names = this.#columns.terms, columns = TERMS + names.length;
    return this.batches.sizes.slice(from, from + rows.length / columns).map((size, i) => {
      const row = rows.subarray(i * columns, (i + 1) * columns);
      return {
        loss: row[LOSS],
        terms: Object.fromEntries(names.map((name, k) => [name, row[TERMS + k]])),
        accuracy: row[HITS] / size,
      };
    });
  }

  /** Where the rows of all samples are, which a place is written into once an epoch: features, then what is known of classes. */
  get sampleTable(): Tensor {
    return this.#perSample.table;
  }

  /** The number of the sample in each row. */
  get #indices(): Uint32Array<ArrayBuffer> {
    const { order, previousOrder } = this.batches;
    const count = Math.max(this.#seen, this.#seenBefore), indices = order.slice(0, count);
    indices.set(previousOrder.subarray(this.#seen, count), this.#seen);
    return indices;
  }

  /** Where the rows of the last `count` samples are, the oldest first, and which samples they are. */
  lastSamples(count: number): { rows: BufferView[]; indices: Uint32Array<ArrayBuffer> } {
    const all = this.#indices, now = this.#seen, from = Math.max(0, now - count);
    const before = Math.max(now, all.length - Math.max(0, count - now));
    const ranges = [[before, all.length], [from, now]];
    return {
      rows: ranges.map(([from, to]) => this.#perSample.rows(from, to)),
      indices: new Uint32Array(ranges.flatMap(([from, to]) => [...all.subarray(from, to)])),
    };
  }

  /** Features of all samples seen, what is known of their classes, and their labels, in the order of the rows. */
  samples(): { features: Tensor; classColumns: Tensor; labels: Labels } {
    const { table } = this.#perSample, { features } = this.#columns, all = this.#indices;
    return noGrad(() => ({
      features: slice(table, [0, 0], [all.length, features]),
      classColumns: slice(table, [0, features], [all.length, features + CLASS_COLUMNS]),
      labels: labelsAt(this.batches.set.labels, all),
    }));
  }

  /** What is said of a set that no step went through: its size, and NaN. */
  unseen(): SplitResult {
    const { set } = this.batches, { features, terms } = this.#columns;
    const nothing = (width: number) => new Float32Array(set.count * width).fill(NaN);
    const none = new Int32Array(0);
    return {
      byLogit: none,
      byCenter: none,
      distances: set.classNames.map(() => ({ count: 0, mean: NaN, deviation: NaN })),
      losses: {
        loss: NaN,
        terms: Object.fromEntries(terms.map((name) => [name, NaN])),
        accuracy: NaN,
      },
      accuracy: NaN,
      nearestAccuracy: NaN,
      features: nothing(features),
      predictions: nothing(this.#keepsPredictions() ? 3 : 0),
      labels: none,
    };
  }

  #keepsPredictions(): boolean {
    return this.#columns.readsLogits && this.batches.set.classNames.length > 1;
  }

  /**
   * Classifies the samples, by logit only where those say something, and joins it with the means of the steps.
   *
   * @param centers Those of the epoch's end. Distances are to them; classes, only where the network learned without centers.
   * @param absent Classes without one.
   */
  async result(
    { features, classColumns, labels }: ReturnType<Pass["samples"]>,
    centers: Tensor,
    steps: readonly StepMetrics[],
    absent: readonly number[] = [],
  ): Promise<SplitResult> {
    const { order, set, sizes } = this.batches;
    const { readsLogits, hasCenters, terms } = this.#columns;
    const found = await classify(features, centers, labels, { absent });
    const [values, rows] = await readAll([features, classColumns]);
    const count = labels.length;
    const classes = (column: number) =>
      Int32Array.from({ length: count }, (_, i) => rows[CLASS_COLUMNS * i + column]);
    const byLogit = classes(BY_LOGIT);
    const byCenter = hasCenters ? classes(NEAREST) : found.byCenter;
    const predictions = new Float32Array(this.#keepsPredictions() ? 3 * count : 0);
    for (let i = 0; i < predictions.length / 3; i++) {
      const [largest, odds, ownLoss] = rows.subarray(CLASS_COLUMNS * i);
      // A sample's loss is minus the logarithm of its own class's probability.
      predictions.set([largest, odds, -ownLoss], 3 * i);
    }
    const mean = (of: (step: StepMetrics) => number) =>
      steps.reduce((sum, s, i) => sum + of(s) * sizes[i], 0) / this.#epochSamples;
    return {
      ...found,
      byLogit,
      byCenter,
      losses: {
        loss: mean((s) => s.loss),
        terms: Object.fromEntries(terms.map((name) => [name, mean((s) => s.terms[name])])),
        accuracy: mean((s) => s.accuracy),
      },
      accuracy: readsLogits ? accuracy(byLogit, labels) : NaN,
      nearestAccuracy: accuracy(byCenter, labels),
      features: placedRows(values as Float32Array, features.shape[1], order, set.count),
      predictions: placedRows(predictions, 3, order, set.count),
      labels,
    };
  }
}
