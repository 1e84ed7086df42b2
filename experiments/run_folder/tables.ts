/** The CSV files of a run: an epoch adds its lines to each. */
import { objectiveOf } from "../../src/losses/objective.ts";
import { centerDistances } from "../../src/metrics/center_distances.ts";
import type { EpochResult, SplitResult } from "../../src/train/trainer.ts";
import { fullRate, timeFields, timesAgree } from "./epoch_time.ts";
import { writesClassPairs } from "./many_classes.ts";
import type { Plan } from "../plan/plan.ts";
import type { FileDigests } from "./checkpoint.ts";
import { sha256 } from "../../src/base/sha256.ts";
import { EpochCsv } from "./epoch_csv.ts";

const ACCURACIES = ["accuracy_by_logit", "accuracy_by_nearest_center"];

const RATE = "training_images_per_second";

/** What an epoch took and trained with. */
export interface EpochFacts {
  epoch: number;
  lr: number;
  seconds: number;
}

/** All tables of one run. */
export class RunTables {
  /** A line an epoch, without clock values: equal runs are equal files. */
  readonly metrics: EpochCsv;
  readonly #steps: EpochCsv;
  readonly #timing: EpochCsv;
  readonly #centers: EpochCsv;
  readonly #centerDistances: EpochCsv;
  readonly #distances: EpochCsv;
  readonly #classAccuracy: EpochCsv;
  readonly #terms: readonly string[];
  readonly #plan: Plan;
  /** Whether there are distances between all pairs of centers. */
  #paired = true;

  constructor(folder: string, plan: Plan) {
    const table = (name: string, ...header: string[]) => new EpochCsv(folder, name, header);
    const { loss, featureDim } = plan.recipe;
    const { terms: inLoss, counts = [] } = objectiveOf(loss);
    const terms = this.#terms = [...inLoss, ...counts];
    this.#plan = plan;
    const columns = ["train", "test"].flatMap((split) =>
      ["loss", ...terms, ...ACCURACIES].map((name) => `${split}_${name}`)
    );
    const axes = Array.from({ length: featureDim }, (_, k) => `x${k}`);
    this.metrics = table("metrics.csv", "epoch", "lr", ...columns, "accuracy_gap");
    this.#steps = table("steps.csv", "epoch", "step", "loss", ...terms, "accuracy");
    this.#timing = table("timing.csv", "epoch", "seconds", RATE);
    this.#centers = table("centers.csv", "epoch", "class", ...axes);
    this.#centerDistances = table(
      "center_distances.csv",
      "epoch",
      "class_a",
      "class_b",
      "distance",
    );
    this.#distances = table(
      "distances.csv",
      ...["epoch", "split", "class", "samples", "mean_squared_distance", "deviation"],
    );
    this.#classAccuracy = table(
      "class_accuracy.csv",
      ...["epoch", "split", "class", "samples", ...ACCURACIES],
    );
  }

  /** Adds an epoch; nothing is written yet. */
  add({ train, test, centers, steps }: EpochResult, { epoch, lr, seconds }: EpochFacts): void {
    const splits = [train, test].flatMap((of) => [
      of.losses.loss,
      ...this.#terms.map((name) => of.losses.terms[name]),
      of.accuracy,
      of.nearestAccuracy,
    ]);
    const scored = (of: SplitResult) =>
      this.#plan.scoring === "logit" ? of.accuracy : of.nearestAccuracy;
    this.metrics.add(epoch, lr, ...splits, scored(train) - scored(test));
    steps.forEach((s, i) => {
      const terms = this.#terms.map((name) => s.terms[name]);
      this.#steps.add(epoch, i + 1, s.loss, ...terms, s.accuracy);
    });
    this.#timing.add(epoch, ...timeFields(train.labels.length, seconds));
    const classes = train.distances.length, dim = centers.length / classes;
    this.#paired = writesClassPairs(classes);
    for (const { a, b, distance } of this.#paired ? centerDistances(centers, dim) : []) {
      this.#centerDistances.add(epoch, a, b, distance);
    }
    const accuracies = { train: classAccuracies(train), test: classAccuracies(test) };
    for (let k = 0; k < classes; k++) {
      this.#centers.add(epoch, k, ...centers.subarray(k * dim, (k + 1) * dim));
      for (const [split, of] of [["train", train], ["test", test]] as const) {
        const { count, mean, deviation } = of.distances[k];
        this.#distances.add(epoch, split, k, count, mean, deviation);
        this.#classAccuracy.add(epoch, split, k, count, ...accuracies[split].map((by) => by[k]));
      }
    }
  }

  /** Over all steps: clamped exponents, and the samples that were seen; none where the loss does not count them. */
  clamped(): { clamped: number; samples: number } {
    if (!this.#terms.includes("clamped")) return { clamped: 0, samples: 0 };
    const counts = this.#steps.column("clamped");
    return {
      clamped: counts.reduce((a, b) => a + b, 0),
      samples: counts.length * this.#plan.recipe.batchSize,
    };
  }

  /** Writes all of them anew, each whole. */
  async save(write: (name: string, text: string) => Promise<void>): Promise<void> {
    for (const table of this.#all()) await write(table.name, table.text());
  }

  /** SHA-256 of each as it would be written now, but of the clock's. */
  async digests(): Promise<[name: string, digest: string][]> {
    const tables = this.#all().filter((table) => table !== this.#timing);
    return await Promise.all(
      tables.map(async (table): Promise<[string, string]> => [
        table.name,
        await sha256(table.text()),
      ]),
    );
  }

  /**
   * Takes up what an earlier process wrote, up to and including an epoch.
   *
   * @param digests As they were after that epoch; none in runs of earlier versions.
   * @throws {RunError} When one is not as it was written.
   */
  async load(lastEpoch: number, digests?: FileDigests): Promise<void> {
    const load = (table: EpochCsv) => table.load(lastEpoch, digests?.[table.name]);
    await load(this.#centers);
    this.#paired = writesClassPairs(this.#centers.column("class").length / lastEpoch || 0);
    for (const table of this.#all()) if (table !== this.#centers) await load(table);
    const seconds = this.#timing.fields("seconds"), rates = this.#timing.fields(RATE);
    if (digests && !seconds.every((of, i) => timesAgree(of, rates[i]))) {
      throw this.#timing.refusal("is damaged: its times do not fit each other", lastEpoch);
    }
    this.#timing.replace(RATE, seconds.map((of, i) => fullRate(of, rates[i])));
  }

  /** Those that this run has: of many classes the distances of all pairs are left out. */
  #all(): EpochCsv[] {
    return [
      this.metrics,
      this.#steps,
      this.#timing,
      this.#centers,
      ...(this.#paired ? [this.#centerDistances] : []),
      this.#distances,
      this.#classAccuracy,
    ];
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
