/** What a row of a published table is, in literals. */
import type { SetName } from "../../data/sets/facts.ts";
import type { LossRecipe } from "../../src/losses/objective.ts";
import type { ScheduleRecipe } from "../../src/optim/schedule.ts";
import type { Recipe } from "../../src/train/recipe.ts";

/** How a sample is classified: by its largest logit, or by the nearest center. */
export type Scoring = "logit" | "nearest-center";

/** One row: what it shares with the other rows of its source, and what is its own. */
export interface Experiment {
  id: string;
  /** One line for the list. */
  summary: string;
  /** Where the row was published, its number there if it is one of a table, and the accuracy reported; none for rows of our own. */
  source?: { repository: string; row?: number; accuracy?: number };
  /** Of a row in a file of one's own: which one. */
  file?: RowFile;
  dataset: SetName;
  recipe: Omit<Recipe, "seed" | "cycle" | "epochs">;
  schedule: ScheduleRecipe;
  /** Of all stages together. */
  epochs: number;
  /** What follows the recipe's own epochs: the same network on another loss, its rate and schedule from their start. */
  secondStage?: SecondStage;
  /** The test set is evaluated after every so many epochs, and after the last of each stage. Default: 1. */
  evalEvery?: number;
  /** Multiplies the rate of the last epoch; 1 leaves it to the schedule. */
  lastEpochFactor: number;
  /** Images used, from the start of the set; all without it. */
  trainSize?: number;
  testSize?: number;
  /** What the published value, `best` and the schedule go by; the other rule is an extra column. */
  scoring: Scoring;
  seed: number;
  /** Pictures beside the usual ones, and how those are drawn. */
  figures?: FigureOptions;
  /** What preset `quick` changes in another way than of most rows. */
  quick?: Partial<Small>;
}

/** A row's file, and what it was when its run began. */
export interface RowFile {
  /** As it was named. */
  path: string;
  /** Over it and what it imports from its own folder. */
  sha256: string;
}

/** What the rows of a source share: a part of a row. */
export type Shared = Partial<Omit<Experiment, "recipe">> & {
  recipe: Partial<Experiment["recipe"]>;
};

/** The end of a run, on another loss. */
export interface SecondStage {
  /** The last so many of the run's. */
  epochs: number;
  loss: LossRecipe;
  /** Which of the first stage's checkpoints it starts from. */
  from: "best" | "last";
}

/** What a row's figures show beside features, classes and centers. */
export interface FigureOptions {
  /** Half the side of square axes about 0, as the source fixes them; else they fit the features. */
  range?: number;
  /**
   * For each, `train-NAME.gif` and `val-NAME.gif`: the features with a black dot on one sample of each class, the one whose
   * own class has the largest, or the smallest, probability.
   */
  highlights?: ("most-certain" | "least-certain")[];
  /** `surface.gif` and `surface-epochs.gif`: probabilities as heights over the plane, turning, and a frame an epoch. */
  surface?: boolean;
  /** `reliability.png`: how often the network is right when it is so sure. */
  reliability?: boolean;
  /** `correlation.png`: how the paths of every two centers go together over the epochs. */
  correlation?: boolean;
  /** Keeps each sample's predicted class and how sure it is, as most of the above do, for figures of several runs. */
  predictions?: boolean;
}

/** A row made small. */
export interface Small {
  widthFactor: number;
  batchSize: number;
  epochs: number;
  trainSize: number;
  testSize: number;
  lastEpochFactor?: number;
  lr?: number;
  schedule?: ScheduleRecipe;
  /** Of the epochs above. */
  secondStageEpochs?: number;
  stepsPerEpoch?: number;
}
