/** What a row of a published table is, in literals. */
import type { Recipe } from "../src/train.ts";

/** Names of the data sets an experiment can run on. */
export type DatasetName = "mnist" | "fashion-mnist" | "cifar-10" | "digits";

/** How a sample is classified: by its largest logit, or by the nearest center. */
export type Scoring = "logit" | "nearest-center";

/** One row. Everything is spelled out; nothing is inherited. */
export interface Experiment {
  id: string;
  /** One line for the list. */
  summary: string;
  /** Where the row was published, and what accuracy it reports; none for rows of our own. */
  source?: { repository: string; row: number; accuracy: number };
  dataset: DatasetName;
  recipe: Omit<Recipe, "seed">;
  schedule: {
    kind: "plateau";
    mode: "max";
    factor: number;
    patience: number;
    threshold: number;
  };
  epochs: number;
  /** Multiplies the rate of the last epoch; 1 leaves it to the schedule. */
  lastEpochFactor: number;
  /** Images used, from the start of the set; all without it. */
  trainSize?: number;
  testSize?: number;
  /** What the published value, `best` and the schedule go by; the other rule is an extra column. */
  scoring: Scoring;
  seed: number;
}
