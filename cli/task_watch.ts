// deno-lint-ignore-file no-console
/**
 * Programs that end with the `deno task` that started them.
 *
 * @module
 */
import { typedIn } from "./typed_in.ts";

/** What is looked at; tests bring their own. */
export interface TaskWatchOptions {
  /** Added to what is said at the end. */
  advice?: string;
  /** The number of the process that started this one, where that is a task. */
  parent?: () => number | undefined;
  /** How the process ends. */
  exit?: (code: number) => void;
  /** How often it is looked, in milliseconds. */
  everyMs?: number;
}

/**
 * Ends this process when its task was killed.
 *
 * A task hands on every signal that it gets, but `kill -9` gives it no time to: then this process would compute on where
 * nobody sees it. So it ends as by that signal; the caller's files must be whole at any time.
 */
export class TaskWatch implements Disposable {
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(options: TaskWatchOptions = {}) {
    const { advice, parent = taskNumber, exit = Deno.exit, everyMs = 500 } = options;
    const started = parent();
    this.#timer = setInterval(() => {
      if (started === undefined || parent() === started) return;
      clearInterval(this.#timer);
      console.error(`\nStopped, because deno task was killed${advice ? `; ${advice}` : ""}`);
      exit(137);
    }, everyMs);
    Deno.unrefTimer(this.#timer);
  }

  /** Looks no more; `using` calls it. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

/** What was started otherwise may outlive its parent. */
function taskNumber(): number | undefined {
  return typedIn() === undefined ? undefined : Deno.ppid;
}
