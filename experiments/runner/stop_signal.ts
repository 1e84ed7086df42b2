import { TaskWatch } from "../../cli/task_watch.ts";
import { LiveLine } from "./live/live_line.ts";

/** Says whether the user wants to stop. */
export interface StopRequest {
  readonly requested: boolean;
  /** The line on the terminal, where there is one. */
  readonly line?: LiveLine;
}

/** Listens for Ctrl-C: the first one ends the run after this step, the second one at once. Ends it, too, when `deno task` is killed. */
export class StopSignal implements Disposable, StopRequest {
  readonly line: LiveLine;
  readonly #watch = new TaskWatch({ advice: "--resume goes on after the last epoch" });

  private constructor(line: LiveLine) {
    this.line = line;
  }

  /** Listens from now on. */
  static async listen(): Promise<StopSignal> {
    return new StopSignal(await LiveLine.start());
  }

  get requested(): boolean {
    return this.line.stopped;
  }

  [Symbol.dispose](): void {
    this.#watch[Symbol.dispose]();
    this.line[Symbol.dispose]();
  }
}
