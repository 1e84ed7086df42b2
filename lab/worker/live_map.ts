/** One map of the page: a training, what is measured of it, and how it is drawn. */
import type { ImageSet, Sets } from "../../src/dataset/image_set.ts";
import { gpu } from "../../src/gpu/device.ts";
import type { OnCompile } from "../../src/gpu/record/first_run.ts";
import { type Objective, objectiveOf } from "../../src/losses/objective.ts";
import { LOSSES } from "../../src/losses/table.ts";
import { CosineHead, UnitHead } from "../../src/model/heads.ts";
import { full } from "../../src/ops/fill.ts";
import { bufferOf } from "../../src/tensor/buffer_of.ts";
import { unscoped } from "../../src/tensor/scope.ts";
import { readAll, type Tensor } from "../../src/tensor/tensor.ts";
import { Trainer } from "../../src/train/trainer.ts";
import type { Run, Source } from "../draw/map_painter.ts";
import type { Landed, MapReport, Numbers } from "../messages.ts";
import type { MapSettings } from "../settings/losses.ts";
import { recipeOf, type Settings } from "../settings/settings.ts";
import { placeOfLeast, placeOfMost, squaredDistancesTo } from "../../src/metrics/one_sample.ts";
import { Measure, type Measures } from "../train/measures.ts";
import { OneImage } from "../train/one_image.ts";
import { SampleRows } from "../train/rows.ts";
import { regionOf, type Rules } from "./region_of.ts";
import type { Snapshot } from "./snapshot.ts";

/** A map in training. */
export class LiveMap implements Run {
  readonly trainer: Trainer;
  /** The set that it trains on. */
  readonly set: ImageSet;
  readonly objective: Objective;
  /** What a place may be called by. */
  readonly #rules: Rules;
  /** Steps made so far. */
  steps = 0;
  measures: Measures | undefined;
  /** The centers as they were read last: learned ones, or the means of features. */
  centers = new Float32Array(0);
  /** The step after which samples were gathered last. */
  #gathered = -1;
  readonly #dim: number;
  readonly #batch: number;
  readonly #rows: SampleRows;
  readonly #measure: Measure;
  readonly #digit: OneImage;
  /** In the place of a classifier that a network lacks. */
  readonly #nothing: Tensor;
  #test: MapReport["test"];
  #losses: number[] = [];

  constructor(settings: Settings, map: MapSettings, { train, test }: Sets) {
    const recipe = recipeOf(settings, map), classes = train.classNames.length;
    this.set = train;
    this.objective = objectiveOf(recipe.loss, classes);
    this.trainer = new Trainer(recipe, train, test);
    const { head } = this.trainer.network;
    this.#rules = {
      byCenter: LOSSES[map.kind].evaluation === "nearest-center",
      readsLogits: this.objective.readsLogits,
      columns: this.#columns / classes,
      angular: head instanceof CosineHead || head instanceof UnitHead,
    };
    this.#dim = recipe.featureDim;
    this.#batch = recipe.batchSize;
    this.#rows = new SampleRows(this.trainer.buffers, recipe.featureDim);
    this.#measure = new Measure(classes, recipe.featureDim);
    this.#digit = new OneImage(this.trainer.network, train);
    this.#nothing = unscoped(() => full([64], 0));
  }

  /** Goes on with other rates and weights. */
  change(settings: Settings, map: MapSettings): void {
    const { loss, optimizer, centers } = recipeOf(settings, map);
    this.trainer.change({ loss, optimizer, centers });
  }

  /** Encodes a step. */
  async step(onCompile?: OnCompile): Promise<void> {
    await this.trainer.step(1, onCompile);
    this.steps++;
  }

  /** The epoch that is running, from 1, or that was finished last. */
  get epoch(): number {
    return Math.max(1, Math.ceil(this.steps / this.trainer.steps));
  }

  /** Whether an epoch is at its end. */
  get atEnd(): boolean {
    return this.steps > 0 && this.steps % this.trainer.steps === 0;
  }

  /** Whether the centers are learned; else the means of features stand for them. */
  get learnsCenters(): boolean {
    return this.objective.centers === "learned";
  }

  /** Encodes what gathers the samples as they are now, and the means of their classes. */
  gather(): void {
    if (this.#gathered === this.steps) return; // nothing changed since
    this.#gathered = this.steps;
    this.#rows.gather();
    const { centers } = this.trainer;
    this.#measure.dispatch(this.#rows.table, this.#seen, this.learnsCenters ? centers : undefined);
    gpu().flush();
  }

  /** Measures, and reads that and the terms of the steps since the last time. */
  async read(): Promise<void> {
    this.gather();
    const [{ steps }, [centers, ...results]] = await Promise.all([
      this.trainer.report(),
      readAll([this.#references, ...this.#measure.results]),
    ]);
    for (const { loss, terms } of steps) {
      this.#losses.push(loss, ...this.objective.terms.map((name) => terms[name]));
    }
    this.centers = centers as Float32Array<ArrayBuffer>;
    this.measures = this.#measure.of(results as Float32Array[]);
  }

  /** Classifies the images that no step sees. */
  async evaluate(): Promise<void> {
    const { accuracy: byLogit, nearestAccuracy: byCenter } = await this.trainer.test();
    this.#test = { byLogit, byCenter };
  }

  /** How far it is, and how well it does. */
  get numbers(): Numbers {
    const { measures, steps, epoch } = this;
    return {
      ...{ step: steps, epoch, test: this.#test },
      ratio: measures?.ratio ?? NaN,
      byLogit: measures?.byLogit ?? NaN,
      byCenter: measures?.byCenter ?? NaN,
    };
  }

  /** What the page shows; the losses are handed out once. */
  report(shown: MapReport["shown"], past?: Numbers): MapReport {
    const { terms, readsLogits } = this.objective;
    return {
      ...{ ...this.numbers, past, stepsPerEpoch: this.trainer.steps, shown, terms, readsLogits },
      losses: Float32Array.from(this.#losses.splice(0)),
      centers: this.centers,
    };
  }

  /** What is drawn: the memory that the training writes. */
  get source(): Source<GPUBufferBinding> {
    const { table } = this.#rows, [rows, stride] = table.shape;
    const classes = this.set.classNames.length;
    const [weights, bias] = this.#classifier;
    return {
      ...{ rows: Math.min(this.#seen, rows), place: this.#place, stride, dim: this.#dim, classes },
      columns: this.objective.readsLogits ? this.#columns : 0,
      table: bufferOf(table),
      centers: bufferOf(this.#references),
      weights: bufferOf(weights),
      bias: bias && bufferOf(bias),
    };
  }

  /** The same on the CPU, as it is now; `most` samples at the most. */
  async copied(most = Infinity): Promise<Source> {
    this.gather();
    const { source } = this, rows = Math.min(source.rows, most), { stride } = source;
    const tensors = [this.#rows.table, this.#references, ...this.#classifier];
    const [table, centers, weights, bias] = await readAll(tensors) as Float32Array[];
    return {
      ...{ ...source, rows, place: Math.min(source.place, rows) },
      // A view of a part would keep all of it.
      ...{ table: table.slice(0, rows * stride), centers, weights, bias },
    };
  }

  /** The end of an epoch, to be looked at later. */
  async snapshot(most: number): Promise<Snapshot> {
    const { numbers, measures } = this;
    return { numbers, measures, ...await this.copied(most) };
  }

  /** Where an image of one's own lands now. */
  async land(pixels: Uint8Array): Promise<Landed & { feature: Float32Array }> {
    const { features, logits } = await this.#digit.outputs(pixels);
    const distances = squaredDistancesTo(features, this.centers);
    const byLogit = this.objective.readsLogits ? placeOfMost(logits) : undefined;
    return { feature: features, byLogit, byCenter: placeOfLeast(distances), distances };
  }

  /** How a place is classified behind the samples: by the rule asked for, or by the loss's own. */
  region(asked: string | number = "auto"): number {
    return regionOf(asked, this.#rules);
  }

  /** Frees all that it holds. */
  dispose(): void {
    for (const it of [this.#digit, this.#measure, this.#rows, this.#nothing, this.trainer]) {
      it.dispose();
    }
  }

  /** Rows that hold a sample. */
  get #seen(): number {
    return Math.min(this.steps * this.#batch, this.#rows.table.shape[0]);
  }

  /** The row that is written next, or behind the last one. */
  get #place(): number {
    const done = this.steps % this.trainer.steps || (this.steps > 0 ? this.trainer.steps : 0);
    return done * this.#batch;
  }

  /** Columns of the last layer's weights, as many a class. */
  get #columns(): number {
    return this.trainer.network.head.weight.shape[1];
  }

  /** Learned centers, or the means of features. */
  get #references(): Tensor {
    return this.learnsCenters ? this.trainer.centers : this.#measure.means;
  }

  /** Weights and, where it has one, bias of the last layer. */
  get #classifier(): Tensor[] {
    const entries = this.trainer.network.entries();
    const found = entries.filter(({ name }) => /^fc2\.(weight|bias)$/.test(name));
    return found.length > 0 ? found.map(({ tensor }) => tensor) : [this.#nothing];
  }
}
