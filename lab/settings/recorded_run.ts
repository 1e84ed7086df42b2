/** A run that was recorded before, as a page without WebGPU plays it. */

/** How many samples it shows: the first of the training set. */
export const RECORDED_SAMPLES = 160;

/** A moment of a map. */
export interface RecordedFrame {
  step: number;
  /** What 127 stands for. */
  half: number;
  /** Signed bytes in base64, two for each sample. */
  points: string;
  /** The same of the centers. */
  centers: string;
  /** Of the last layer: `[2, classes]`, and `[classes]`. */
  weights: number[];
  bias: number[];
  byCenter: number;
  ratio: number;
}

/** All of it. */
export interface RecordedRun {
  classNames: string[];
  labels: number[];
  maps: {
    title: string;
    /** How a place is classified behind the samples, as `Look` has it. */
    region: number;
    frames: RecordedFrame[];
  }[];
}
