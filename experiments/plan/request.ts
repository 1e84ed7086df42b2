/** What a user asked for, whichever command or program asks. */
import type { AdapterChoice } from "../../src/gpu/adapter/adapter.ts";
import type { Plan } from "./plan.ts";

/** What a user asked for. */
export interface Options {
  plan: Plan;
  /** Folder that holds all runs. */
  out: string;
  dataDir?: string;
  /** Which adapter is asked for, if the user said. */
  adapter?: AdapterChoice;
  /** What the GPU may take for one submit, in milliseconds, if the user said. */
  submitMs?: number;
  /** A file with the tiles of the run. */
  tiles?: string;
  /** A CSV file of images without labels, to be classified when the run ends. */
  predict?: string;
  /** A font file for letters that ours lack. */
  font?: string;
  /** Take what the tuner found for single shapes, and look for it where that pays. */
  tune: boolean;
  /** Draw decision regions behind maps of two features. */
  regions: boolean;
  /** Draw lines around where most of each class is; undefined: where dots hide each other. */
  contours?: boolean;
  /** Draw features by their direction, too: on a circle, or of three on a sphere. */
  angles: boolean;
  /** Write an event file for TensorBoard. */
  events: boolean;
  /** Measure the network when the run ends. */
  measures: boolean;
  resume: boolean;
  overwrite: boolean;
  verbose: boolean;
  /** Flags that were given and change the numbers: a run that is resumed must have them from its start. */
  changed: string[];
}

/** Several runs. */
export interface QueueOptions {
  /** In their order: all rows with seed 1, then with seed 2. */
  runs: Options[];
  /** What continues the queue where it stopped. */
  command: string;
  overwrite: boolean;
  verbose: boolean;
}
