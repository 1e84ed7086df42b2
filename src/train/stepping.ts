/** Training step by step, and what is told between steps. */
import { described } from "../base/choice.ts";
import { labelsAt } from "../dataset/labels.ts";
import { gpu } from "../gpu/device.ts";
import { meansOf } from "../metrics/class_spread.ts";
import type { OnCompile } from "../gpu/record/first_run.ts";
import { scope } from "../tensor/scope.ts";
import { noGrad } from "../tensor/tape.ts";
import { diverged } from "./diverged.ts";
import { firstColumns } from "./last_samples.ts";
import type { Learner } from "./learner.ts";
import type { Pass, StepMetrics } from "./pass.ts";
import { planeClassifier, planeLogits } from "./plane_classifier.ts";
import {
  checkReports,
  type ReportOptions,
  ReportPace,
  type ReportsOptions,
  type StepReport,
} from "./step_report.ts";

/** The steps of a training, over all its epochs. */
export class Stepping {
  readonly #learner: Learner;
  readonly #pass: Pass;
  /** Steps since the start, the epoch, steps done in it and those of them that were told. */
  readonly #at = { step: 0, epoch: 0, done: 0, told: 0 };
  /** What is under way: another step would take batches of the same epoch. */
  #doing: string | undefined;
  /** Steps that were not told yet, of epochs that are over and of reports that nobody took. */
  readonly #untold: Promise<StepMetrics[]>[] = [];
  #trained = "";
  #disposed = false;
  /** The rate of the epoch's last step. */
  lastRate = NaN;

  constructor(learner: Learner, pass: Pass) {
    this.#learner = learner;
    this.#pass = pass;
    this.#at.done = this.#at.told = this.steps; // as if an epoch 0 were over
  }

  /** Whether a step was made. */
  get begun(): boolean {
    return this.#at.step > 0;
  }

  /** Steps done in the epoch. */
  get done(): number {
    return this.#at.done;
  }

  /** Steps an epoch. */
  get steps(): number {
    return this.#pass.batches.sizes.length;
  }

  /** Begins an epoch. */
  startEpoch(epoch: number): void {
    const at = this.#at, lastRate = this.#startRates(epoch); // it refuses an epoch before the cycle, so nothing is begun yet
    if (at.told < at.done) this.#tellLater(this.#pass.readSteps(at.told, at.done));
    this.#pass.startEpoch(epoch);
    Object.assign(at, { epoch, done: 0, told: 0 });
    this.lastRate = lastRate;
  }

  /** Gives the steps of the epoch the optimizer's rate; before the first epoch there are none. */
  takeRates(): void {
    if (!Number.isNaN(this.lastRate)) this.lastRate = this.#startRates(this.#at.epoch);
  }

  /** Writes the rates of an epoch's steps under one cycle, shares of the optimizer's; returns that of the last step. */
  #startRates(epoch: number): number {
    const { cycle, optimizer: { lr } } = this.#learner;
    return cycle ? cycle.start(epoch, lr) : lr;
  }

  /** What an error says of the learning rate. */
  get rate(): string {
    const { cycle, optimizer: { lr } } = this.#learner;
    return `${cycle ? "a peak " : ""}learning rate ${cycle ? "of " : ""}${lr}`;
  }

  /**
   * Does something that no other may meet.
   *
   * @param name The method that a user called.
   * @throws {TypeError} While another one is under way, or when the trainer was disposed, before or meanwhile.
   */
  async alone<T>(name: string, act: () => Promise<T>): Promise<T> {
    this.#refuseDisposed(name);
    if (this.#doing) {
      throw new TypeError(
        `Cannot begin ${name} of a trainer: its ${this.#doing} is under way; await that first`,
      );
    }
    this.#doing = name;
    try {
      return await act();
    } catch (cause) {
      if (!this.#disposed) throw cause;
      throw new TypeError(`Cannot end ${name}: the trainer was disposed meanwhile`, { cause });
    } finally {
      this.#doing = undefined;
    }
  }

  #refuseDisposed(name: string): void {
    if (this.#disposed) {
      throw new TypeError(`Cannot begin ${name} of a trainer that was disposed`);
    }
  }

  /** From now on its trainer does nothing more. */
  dispose(): void {
    this.#disposed = true;
  }

  /**
   * Makes some steps, and begins another epoch where one is over.
   *
   * @throws {RangeError} For a number of steps that is none.
   */
  async step(count: number, onCompile?: OnCompile): Promise<void> {
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(
        `Cannot make ${described(count)} steps: it must be a whole number from 0`,
      );
    }
    const at = this.#at, { trained } = this.#learner;
    // A recorded step goes by what was frozen when it was recorded.
    if (this.#trained !== trained) this.#pass.forget();
    this.#trained = trained;
    for (let i = 0; i < count; i++) {
      if (at.done === this.steps) this.startEpoch(at.epoch + 1);
      await this.#pass.step(this.#learner.train, this.#pass.batches.sizes[at.done], onCompile);
      at.done++;
      at.step++;
    }
  }

  /** Reads the steps of the epoch that were not told yet, after `pause`. */
  readSteps(pause: () => Promise<void>): Promise<StepMetrics[]> {
    const { told, done } = this.#at;
    this.#at.told = done;
    return this.#pass.readSteps(told, done, pause);
  }

  /** What the steps so far left behind; the copies are made at once. */
  async report(options: ReportOptions): Promise<StepReport> {
    this.#refuseDisposed("report()");
    checkReports(options);
    const { samples: count = 0, centers: wanted = false, classifier = false } = options;
    const { step, epoch, done, told } = this.#at, { objective, centers: { shape } } = this.#learner;
    const untold = this.#untold.splice(0), last = this.#pass.lastSamples(count);
    const learned = wanted && objective.centers !== "none";
    const plane = classifier && this.#learner.partsByLines;
    let reading: Promise<ArrayBuffer[]>;
    {
      using _ = scope();
      const nothing = { ...last.rows[0], bytes: 0 };
      reading = gpu().read([
        this.#pass.stepRows(told, done),
        ...last.rows,
        learned ? noGrad(() => this.#learner.classCenters()).view : nothing,
        plane ? planeLogits(this.#learner.network).view : nothing,
      ]);
    }
    this.#at.told = done;
    const [rows, before, now, centers, logits] = await reading;
    const earlier = (await Promise.all(untold)).flat();
    const steps = [...earlier, ...this.#pass.stepsOf(rows, told)];
    this.#checkLosses(steps, epoch, told - earlier.length + 1);
    const samples = {
      features: firstColumns([before, now], this.#pass.sampleTable.shape[1], shape[1]),
      indices: last.indices,
      labels: labelsAt(this.#pass.batches.set.labels, last.indices),
    };
    return {
      ...{ step, epoch, done, steps },
      ...(count > 0 && { samples }),
      ...(wanted && {
        centers: learned
          ? new Float32Array(centers)
          : Float32Array.from(meansOf(samples.features, samples.labels, shape[0], shape[1])),
      }),
      ...(plane && { classifier: planeClassifier(new Float32Array(logits)) }),
    };
  }

  /** Reports, one after the other; while one is on its way, the steps of the next are under way. */
  async *reports(
    options: ReportsOptions,
    onCompile?: OnCompile,
  ): AsyncGenerator<StepReport, void, void> {
    checkReports(options);
    const pace = new ReportPace(options.every ?? { steps: 1 });
    let coming: Promise<StepReport> | undefined;
    try {
      while (true) {
        const left = this.steps - this.#at.done || this.steps;
        await this.alone("reports()", () => this.step(Math.min(pace.steps, left), onCompile));
        const now = coming;
        coming = this.report(options);
        coming.catch(() => {}); // whoever takes it hears of it
        if (!now) continue;
        const report = await now;
        pace.arrived(report.step);
        yield report;
      }
    } finally {
      if (coming) this.#tellLater(coming.then(({ steps }) => steps));
    }
  }

  /** Keeps what was read for the next report. */
  #tellLater(steps: Promise<StepMetrics[]>): void {
    steps.catch(() => {}); // whoever asks for that report hears of it
    this.#untold.push(steps);
  }

  /** Refuses losses that are NaN or infinite; `first` is the place of the first step in the epoch, below 1 in one before. */
  #checkLosses(steps: readonly StepMetrics[], epoch: number, first: number): void {
    const broken = steps.findIndex(({ loss }) => !Number.isFinite(loss));
    if (broken < 0) return;
    const place = first + broken, back = Math.max(0, Math.ceil((1 - place) / this.steps));
    throw diverged(epoch - back, steps.slice(0, broken + 1), this.rate, place + back * this.steps);
  }
}
