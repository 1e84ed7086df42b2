/** The CSV files of a run: an epoch adds its lines to each. */
import { objectiveOf } from "../../src/losses/objective.ts";
import { centerDistances } from "../../src/metrics/center_distances.ts";
import type { SplitResult } from "../../src/train/pass.ts";
import type { EpochResult } from "../../src/train/epoch_result.ts";
import type { Plan } from "../plan/plan.ts";
import type { FileDigests } from "./checkpoint.ts";
import { writesClassPairs } from "./class_pairs.ts";
import { EpochCsv } from "./epoch_csv.ts";
import { fullRate, timeFields, timesAgree, TIMING } from "./epoch_time.ts";

const ACCURACIES = ["accuracy_by_logit", "accuracy_by_nearest_center"];
const OF_CLASS = ["epoch", "split", "class", "samples"];
const RATE = "training_images_per_second";

/** All tables of one run. */
export class RunTables {
  /** A line an epoch, without clock values: equal runs are equal files. */
  readonly metrics: EpochCsv;
  /** A line a step. */
  readonly steps: EpochCsv;
  /** How long each epoch took. */
  readonly timing: EpochCsv;
  /** A line an epoch and pair of classes; none above 100 classes. */
  readonly centerDistances: EpochCsv;
  /** A line an epoch, split and class. */
  readonly distances: EpochCsv;
  readonly #centers: EpochCsv;
  /** The last layer, of two features whose logits are trained. */
  #classifier: EpochCsv | undefined;
  readonly #classAccuracy: EpochCsv;
  readonly #terms: readonly string[];
  readonly #plan: Plan;
  /** Whether there are distances between all pairs of centers. */
  #paired = true;

  constructor(folder: string, plan: Plan) {
    const table = (name: string, ...header: string[]) => new EpochCsv(folder, name, header);
    const { terms: inLoss, counts = [], readsLogits } = objectiveOf(plan.recipe.loss);
    const terms = this.#terms = [...inLoss, ...counts];
    this.#plan = plan;
    const columns = ["train", "test"].flatMap((split) =>
      ["loss", ...terms, ...ACCURACIES].map((name) => `${split}_${name}`)
    );
    const axes = Array.from({ length: plan.recipe.featureDim }, (_, k) => `x${k}`);
    const pairs = ["epoch", "class_a", "class_b", "euclidean_distance"];
    this.metrics = table("metrics.csv", "epoch", "lr", ...columns, "accuracy_gap");
    this.steps = table("steps.csv", "epoch", "step", "loss", ...terms, "accuracy");
    this.timing = table(TIMING, "epoch", "seconds", RATE);
    this.#centers = table("centers.csv", "epoch", "class", ...axes);
    this.centerDistances = table("center_distances.csv", ...pairs);
    this.distances = table("distances.csv", ...OF_CLASS, "mean_squared_distance", "deviation");
    this.#classAccuracy = table("class_accuracy.csv", ...OF_CLASS, ...ACCURACIES);
    this.#classifier = readsLogits && plan.recipe.featureDim === 2
      ? table("classifier.csv", "epoch", "class", "x0", "x1", "bias")
      : undefined;
  }

  /** Adds an epoch; nothing is written yet. */
  add(
    { train, test, centers, classifier, steps, lr }: EpochResult,
    epoch: number,
    seconds: number,
  ): void {
    const valuesOf = (of: Record<string, number>) => this.#terms.map((name) => of[name]);
    const scored = (of: SplitResult) =>
      this.#plan.scoring === "logit" ? of.accuracy : of.nearestAccuracy;
    const splits = [train, test].flatMap((
      { losses: { loss, terms }, accuracy, nearestAccuracy },
    ) => [loss, ...valuesOf(terms), accuracy, nearestAccuracy]);
    this.metrics.add(epoch, lr, ...splits, scored(train) - scored(test));
    steps.forEach(({ loss, terms, accuracy }, i) =>
      this.steps.add(epoch, i + 1, loss, ...valuesOf(terms), accuracy)
    );
    this.timing.add(epoch, ...timeFields(train.labels.length, seconds));
    const classes = train.distances.length, dim = centers.length / classes;
    this.#paired = writesClassPairs(classes);
    for (const { a, b, distance } of this.#paired ? centerDistances(centers, dim) : []) {
      this.centerDistances.add(epoch, a, b, distance);
    }
    const accuracies = { train: classAccuracies(train), test: classAccuracies(test) };
    for (let k = 0; k < classes; k++) {
      this.#centers.add(epoch, k, ...centers.subarray(k * dim, (k + 1) * dim));
      this.#classifier?.add(epoch, k, ...classifier?.subarray(3 * k, 3 * k + 3) ?? [NaN, NaN, NaN]);
      for (const [split, of] of [["train", train], ["test", test]] as const) {
        const { count, mean, deviation } = of.distances[k];
        this.distances.add(epoch, split, k, count, mean, deviation);
        this.#classAccuracy.add(epoch, split, k, count, ...accuracies[split].map((by) => by[k]));
      }
    }
  }

  /** Over all steps: clamped exponents, and the samples that were seen; none where the loss does not count them. */
  clamped(): { clamped: number; samples: number } {
    if (!this.#terms.includes("clamped")) return { clamped: 0, samples: 0 };
    const counts = this.steps.column("clamped");
    return {
      clamped: counts.reduce((a, b) => a + b, 0),
      samples: counts.length * this.#plan.recipe.batchSize,
    };
  }

  /** The text of each, by its name. */
  texts(): [name: string, text: string][] {
    return this.#all().map((table) => [table.name, table.text()]);
  }

  /**
   * Takes up what an earlier process wrote, up to and including an epoch.
   *
   * @param digests As they were after that epoch; none in runs of earlier versions.
   * @throws {RunError} When one is not as it was written.
   */
  async load(lastEpoch: number, digests?: FileDigests): Promise<void> {
    const load = (table: EpochCsv) => table.load(lastEpoch, digests?.[table.name]);
    // Runs of earlier versions have none.
    if (lastEpoch > 0 && !digests?.["classifier.csv"]) this.#classifier = undefined;
    await load(this.#centers);
    this.#paired = writesClassPairs(this.#centers.column("class").length / lastEpoch || 0);
    for (const table of this.#all()) if (table !== this.#centers) await load(table);
    const seconds = this.timing.fields("seconds"), rates = this.timing.fields(RATE);
    if (digests && !seconds.every((of, i) => timesAgree(of, rates[i]))) {
      throw this.timing.refusal("is damaged: its times do not fit each other", lastEpoch);
    }
    this.timing.replace(RATE, seconds.map((of, i) => fullRate(of, rates[i])));
  }

  /** Those that this run has: of many classes the distances of all pairs are left out. */
  #all(): EpochCsv[] {
    const pairs = this.#paired ? [this.centerDistances] : [];
    const classifier = this.#classifier ? [this.#classifier] : [];
    const ofClasses = [this.#centers, ...classifier, ...pairs, this.distances, this.#classAccuracy];
    return [this.metrics, this.steps, this.timing, ...ofClasses];
  }
}

/** Of each class's own samples, by logit (NaN where the logits are not trained) and by nearest center. */
function classAccuracies({ byLogit, byCenter, labels, accuracy, distances }: SplitResult) {
  const ofClasses = (predicted: ArrayLike<number>) => {
    const hits = new Float64Array(distances.length);
    for (let i = 0; i < labels.length; i++) if (predicted[i] === labels[i]) hits[labels[i]]++;
    return hits.map((n, k) => n / distances[k].count);
  };
  const byLogits = ofClasses(byLogit);
  return [Number.isNaN(accuracy) ? byLogits.fill(NaN) : byLogits, ofClasses(byCenter)];
}
