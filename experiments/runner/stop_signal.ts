// deno-lint-ignore-file no-console
import { TaskWatch } from "../../cli/task_watch.ts";

/** Says whether the user wants to stop. */
export interface StopRequest {
  readonly requested: boolean;
}

/** Listens for Ctrl-C: the first one ends the run after this step, the second one at once. Ends it, too, when `deno task` is killed. */
export class StopSignal implements Disposable, StopRequest {
  requested = false;
  readonly #watch = new TaskWatch({ advice: "--resume goes on after the last epoch" });
  readonly #listener = () => {
    if (this.requested) Deno.exit(130);
    this.requested = true;
    console.log("\nFinishing the steps under way; Ctrl-C again stops at once");
  };

  constructor() {
    Deno.addSignalListener("SIGINT", this.#listener);
  }

  [Symbol.dispose](): void {
    Deno.removeSignalListener("SIGINT", this.#listener);
    this.#watch[Symbol.dispose]();
  }
}
