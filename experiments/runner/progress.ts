// deno-lint-ignore-file no-console
/** The progress of a run: a bar on a terminal, a line per epoch elsewhere. */
import { duration, percent } from "../../src/base/format.ts";
import type { Compiling } from "../../src/gpu/record/first_run.ts";
import type { EpochResult } from "../../src/train/epoch_result.ts";
import type { StepMetrics } from "../../src/train/pass.ts";
import type { Plan } from "../plan/plan.ts";
import { type BarState, fitted } from "./live/bar_text.ts";
import type { LiveLine } from "./live/live_line.ts";

const HOUR = 3600;
/** Where there is no terminal, compiling gets its first line after so many milliseconds, and then one every so many. */
const COMPILING_MS = 2000, COMPILING_AGAIN_MS = 10_000;

/** Where a run stands among several. */
export interface QueuePosition {
  /** Which run of how many; each line begins with it. */
  name: string;
  /** Seconds that the later runs will take at this rate. */
  secondsAfter(imagesPerSecond: number): number;
}

/** Prints the progress of one run. */
export class ProgressLine {
  readonly #plan: Plan;
  readonly #position: QueuePosition | undefined;
  readonly #prefix: string;
  readonly #firstEpoch: number;
  readonly #columns: number;
  readonly #line: LiveLine | undefined;
  readonly #terminal = Deno.stdout.isTerminal();
  #epochStart = 0;
  #firstWait: { done: number; at: number } | undefined;
  #estimated = false;
  /** When the next line about compiling is due, where there is no terminal. */
  #compilingLineAt = 0;

  /**
   * @param firstEpoch The first one that this process trains.
   * @param line On a terminal.
   * @param columns Of that; a log has as many as a line takes.
   */
  constructor(
    plan: Plan,
    firstEpoch = 1,
    position?: QueuePosition,
    line?: LiveLine,
    columns = Deno.stdout.isTerminal() ? Deno.consoleSize().columns || 80 : Infinity,
  ) {
    this.#line = line;
    this.#columns = columns;
    this.#plan = plan;
    this.#firstEpoch = firstEpoch;
    this.#position = position;
    this.#prefix = position ? `${position.name}  ` : "";
  }

  /** Called before an epoch's first step. */
  startEpoch(epoch: number, steps: number): void {
    this.#epochStart = performance.now();
    this.#bar({ epoch, done: 0, steps });
  }

  /** Called before a kernel is compiled. A terminal shows each, a log only what takes long. */
  compiling({ kernel, number, of }: Compiling): void {
    const text = `${this.#prefix}compiling kernel ${number} of ${of}: ${kernel}`;
    if (this.#terminal) return this.#line?.text(text);
    const now = performance.now();
    if (number === 1) this.#compilingLineAt = now + COMPILING_MS;
    if (now < this.#compilingLineAt) return;
    console.log(text);
    this.#compilingLineAt = now + COMPILING_AGAIN_MS;
  }

  /** Called after some steps of an epoch. */
  steps(epoch: number, done: number, steps: number, { loss, accuracy }: StepMetrics): void {
    const { batchSize } = this.#plan.recipe;
    const now = performance.now();
    // The first steps compile kernels; the rate counts from the end of the first wait.
    this.#firstWait ??= { done, at: now };
    const since = epoch === this.#firstEpoch ? this.#firstWait : { done: 0, at: this.#epochStart };
    const perStep = (now - since.at) / 1000 / Math.max(1, done - since.done);
    const left = (steps - done + (this.#plan.epochs - epoch) * steps) * perStep;
    if (done - since.done >= 2 && !this.#estimated) {
      this.#estimated = true;
      if (left > HOUR && this.#plan.preset === "paper") {
        console.log(
          `${this.#prefix}The whole run will take about ${
            duration(left)
          } on this adapter; --preset quick is the same recipe made small`,
        );
      }
    }
    const known = done > since.done && {
      ...{ perStep, left },
      after: this.#position?.secondsAfter(batchSize / perStep),
    };
    this.#bar({ epoch, done, steps, loss, accuracy, ...known });
  }

  /** Called at the end of an epoch. */
  epoch(epoch: number, { train, test, lr }: EpochResult, seconds: number): void {
    const head = `${this.#prefix}epoch ${
      String(epoch).padStart(String(this.#plan.epochs).length)
    }/${this.#plan.epochs}`;
    const rate = `lr ${Number(lr.toPrecision(6))}`;
    const loss = `loss ${train.losses.loss.toFixed(4)}`,
      tested = test.labels.length > 0 ? [`test ${bothRules(test)}`] : [];
    const both = [loss, `train ${bothRules(train)}`, ...tested];
    const speed = `${(train.labels.length / seconds).toFixed(0)} images/s`;
    const short = [head, loss, `train ${ownRule(train)}`, ...tested];
    const lines = [[head, rate, ...both, speed], [head, ...both, speed], [head, ...both], short];
    const texts = lines.map((parts) => parts.join("  "));
    console.log(
      texts.find((line) => line.length <= this.#columns) ?? fitted(texts[3], this.#columns),
    );
  }

  #bar(state: Omit<BarState, "prefix" | "epochs" | "batchSize">): void {
    const { epochs, recipe: { batchSize } } = this.#plan;
    this.#line?.bar({ prefix: this.#prefix, epochs, batchSize, ...state });
  }
}

/** Accuracy by logit, or by the nearest center where the logits are not trained. */
function ownRule({ accuracy, nearestAccuracy }: EpochResult["train"]): string {
  return percent(Number.isNaN(accuracy) ? nearestAccuracy : accuracy);
}

/** Accuracy by both rules; by the nearest center alone where the logits are not trained. */
function bothRules({ accuracy, nearestAccuracy }: EpochResult["train"]): string {
  const nearest = `nearest ${percent(nearestAccuracy)}`;
  return Number.isNaN(accuracy) ? nearest : `${percent(accuracy)} (${nearest})`;
}
