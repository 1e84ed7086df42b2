/** One map of the page: a run, what is measured of it, and what is kept of its past. */
import type { ImageSet, Sets } from "../../src/dataset/image_set.ts";
import type { OnCompile } from "../../src/gpu/record/first_run.ts";
import { unscoped } from "../../src/tensor/scope.ts";
import { full } from "../../src/ops/fill.ts";
import { readAll, type Tensor } from "../../src/tensor/tensor.ts";
import type { Source } from "../draw/painter.ts";
import type { Landed, MapReport } from "../messages.ts";
import { lossOf, type MapSettings } from "../settings/losses.ts";
import { recipeOf, type Settings } from "../settings/settings.ts";
import { accuracies, distancesTo, placeOfLeast, placeOfMost } from "../train/classify.ts";
import { OneImage, TestSet } from "../train/evaluate.ts";
import { Measure, type Measures } from "../train/measures.ts";
import { Run } from "../train/run.ts";
import type { Rows, Snapshot } from "./snapshot.ts";

/** A map in training. */
export class LiveMap {
  readonly run: Run;
  readonly #set: ImageSet;
  readonly #measure: Measure;
  readonly #test: TestSet;
  readonly #digit: OneImage;
  /** In the place of a classifier that a network lacks. */
  readonly #nothing: Tensor;
  measures: Measures | undefined;
  #accuracy: MapReport["test"];
  #centers = new Float32Array(0);
  #losses: number[] = [];
  #lossText: string;

  constructor(settings: Settings, map: MapSettings, { train, test }: Sets) {
    const recipe = recipeOf(settings, map);
    this.run = new Run(recipe, train);
    this.#lossText = JSON.stringify(recipe.loss);
    this.#set = train;
    this.#measure = new Measure(train.classNames.length, recipe.featureDim);
    this.#test = new TestSet(this.run.network, test);
    this.#digit = new OneImage(this.run.network, train);
    this.#nothing = unscoped(() => full([64], 0));
  }

  /** Goes on with other rates and weights. */
  change({ shared }: Settings, map: MapSettings): void {
    this.run.setRates({
      rate: Number(shared.rate),
      momentum: Number(shared.momentum),
      alpha: Number(shared.alpha),
    });
    const loss = lossOf(map), text = JSON.stringify(loss);
    if (text !== this.#lossText) this.run.setLoss(loss);
    this.#lossText = text;
  }

  /** Encodes a step. */
  step(onCompile?: OnCompile): Promise<void> {
    return this.run.step(onCompile);
  }

  /** The centers: learned ones, or the means of features. */
  get references(): Tensor {
    return this.run.learnsCenters ? this.run.centers : this.#measure.means;
  }

  /** Encodes what measures the samples as they are now. */
  measure(): void {
    const { table, rows, centers, learnsCenters } = this.run;
    this.#measure.dispatch(table, rows, learnsCenters ? centers : undefined);
  }

  /** Measures, and reads that and the terms of the steps since the last time. */
  async read(): Promise<void> {
    this.#losses.push(...await this.run.readTerms());
    this.measure();
    const [centers, ...results] = await readAll([this.references, ...this.#measure.results]);
    this.#centers = centers as Float32Array<ArrayBuffer>;
    this.measures = this.#measure.of(results as Float32Array[]);
  }

  /** Classifies the images that no step sees. */
  async evaluate(): Promise<void> {
    const outputs = await this.#test.outputs();
    this.#accuracy = accuracies(outputs, this.#test.labels, this.#centers);
  }

  /** What the page shows; the losses are handed out once. */
  report(shown: MapReport["shown"]): MapReport {
    const { run, measures } = this;
    return {
      ...{ step: run.steps, epoch: run.epoch, stepsPerEpoch: run.stepsPerEpoch, shown },
      terms: run.objective.terms,
      losses: Float32Array.from(this.#losses.splice(0)),
      ratio: measures?.ratio ?? NaN,
      byLogit: measures?.byLogit ?? NaN,
      byCenter: measures?.byCenter ?? NaN,
      test: this.#accuracy,
      readsLogits: run.objective.readsLogits,
      centers: this.#centers,
    };
  }

  /** What is drawn: the memory that the run writes. */
  get source(): Source {
    const { table, rows, place, network } = this.run;
    const last = network.entries().filter(({ name }) => /^fc2\.(weight|bias)$/.test(name));
    const [weights = this.#nothing, bias] = last.map(({ tensor }) => tensor);
    return {
      ...{ rows, place, stride: table.shape[1], dim: this.run.centers.shape[1] },
      classes: this.run.centers.shape[0],
      table: binding(table),
      centers: binding(this.references),
      weights: binding(weights),
      bias: bias && binding(bias),
    };
  }

  /** Samples on the CPU, `most` of them at the most. */
  async samples(most = Infinity): Promise<Rows> {
    const { table, rows, place, batches, previousOrder } = this.run;
    const stride = table.shape[1], count = Math.min(rows, most);
    const [values] = await readAll([table]) as Float32Array[];
    const ids = Uint32Array.from({ length: count }, (_, i) =>
      i < place ? batches.order[i] : previousOrder[i]);
    return { values: values.subarray(0, count * stride), ids, stride };
  }

  /** The end of an epoch, to be looked at later. */
  async snapshot(most: number): Promise<Snapshot> {
    const { epoch, steps } = this.run;
    const rows = await this.samples(most), { source } = this;
    const entries = this.run.network.entries().filter(({ name }) => /^fc2\./.test(name));
    const [weights, bias] = await readAll(entries.map(({ tensor }) => tensor)) as Float32Array[];
    const { dim, classes } = source;
    return { epoch, steps, rows, centers: this.#centers, weights, bias, dim, classes };
  }

  /** Where an image of one's own lands now. */
  async land(pixels: Uint8Array): Promise<Landed & { feature: Float32Array }> {
    this.#digit.write(pixels);
    const { features, logits } = await this.#digit.outputs();
    const distances = distancesTo(features, this.#centers);
    const byLogit = this.run.objective.readsLogits ? placeOfMost(logits) : undefined;
    return { feature: features, byLogit, byCenter: placeOfLeast(distances), distances };
  }

  /** The set that it trains on. */
  get set(): ImageSet {
    return this.#set;
  }

  /** The centers as they were read last. */
  get centers(): Float32Array {
    return this.#centers;
  }

  /** Frees all that it holds. */
  dispose(): void {
    this.#digit.dispose();
    this.#test.dispose();
    this.#measure.dispose();
    this.#nothing.dispose();
    this.run.dispose();
  }
}

/** What a shader binds of a tensor. */
function binding({ view: { storage, offset, bytes } }: Tensor): GPUBufferBinding {
  return { buffer: storage.buffer, offset, size: bytes };
}
