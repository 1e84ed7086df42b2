// deno-lint-ignore-file no-console
/** What ends a run: Ctrl-C, once to stop after this step, twice to stop at once; or that `deno task` was killed. */
export class StopSignal implements Disposable {
  requested = false;
  readonly #parent = startedByTask() ? Deno.ppid : undefined;
  readonly #watch = setInterval(() => this.#look(), WATCH_MS);
  readonly #listener = () => {
    if (this.requested) Deno.exit(130);
    this.requested = true;
    console.log("\nFinishing the steps under way; Ctrl-C again stops at once");
  };

  constructor() {
    Deno.addSignalListener("SIGINT", this.#listener);
    Deno.unrefTimer(this.#watch);
  }

  [Symbol.dispose](): void {
    Deno.removeSignalListener("SIGINT", this.#listener);
    clearInterval(this.#watch);
  }

  /**
   * A task hands on every signal that it gets, but `kill -9` gives it no time to: then this process would train on where
   * nobody sees it, and hold its folder. Every file is whole at any time, so it ends as by that signal.
   */
  #look(): void {
    if (this.#parent === undefined || Deno.ppid === this.#parent) return;
    console.error("\nStopped, because deno task was killed; --resume goes on after the last epoch");
    Deno.exit(137);
  }
}

const WATCH_MS = 500;

/** `deno task` sets this variable, and only a task lets it be read: what was started otherwise may outlive its parent. */
const TASK_VARIABLE = "INIT_CWD";

function startedByTask(): boolean {
  const { state } = Deno.permissions.querySync({ name: "env", variable: TASK_VARIABLE });
  return state === "granted" && Deno.env.get(TASK_VARIABLE) !== undefined;
}
