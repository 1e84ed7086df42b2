// deno-lint-ignore-file no-console
/** The line of a run on a terminal, and Ctrl-C: what the run's own thread sees of them. */
import type { BarState } from "./bar_text.ts";
import { alone, type Message, overwrite, PLACES, print, STOP, TURN } from "./messages.ts";

/** A line that moves on by itself, and hears Ctrl-C at any time. */
export class LiveLine implements Disposable {
  readonly #worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  readonly #shared = new Int32Array(new SharedArrayBuffer(4 * PLACES));
  readonly #terminal: boolean;
  readonly #restored = new DisposableStack();
  #turn = 0;

  private constructor(terminal: boolean) {
    this.#terminal = terminal;
  }

  /** Starts the thread, and waits until it listens. */
  static async start(terminal: boolean = Deno.stdout.isTerminal()): Promise<LiveLine> {
    const line = new LiveLine(terminal);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    line.#worker.onmessage = () => resolve();
    line.#worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    line.#post({ kind: "begin", shared: line.#shared.buffer as SharedArrayBuffer, terminal });
    await promise;
    line.#printAbove();
    return line;
  }

  /** Until this is disposed, whatever is printed takes the line's place, and what cannot be printed is left out. */
  #printAbove(): void {
    for (const name of ["log", "error"] as const) {
      const own = console[name];
      console[name] = (...values) => {
        this.hide();
        print(() => own(...values));
      };
      this.#restored.defer(() => console[name] = own);
    }
  }

  /** Whether the user wants to stop. */
  get stopped(): boolean {
    return Atomics.load(this.#shared, STOP) !== 0;
  }

  /** Shows the bar, which goes on from there. */
  bar(state: BarState): void {
    if (this.#terminal) this.#post({ kind: "bar", turn: this.#show(), state });
  }

  /** Shows a text. */
  text(text: string): void {
    if (this.#terminal) this.#post({ kind: "text", turn: this.#show(), text });
  }

  /** Takes the line away: what is printed next stands at its place. */
  hide(): void {
    if (!this.#terminal || Atomics.load(this.#shared, TURN) === 0) return;
    alone(this.#shared, () => {
      Atomics.store(this.#shared, TURN, 0);
      overwrite("");
    });
  }

  /** Ends the thread; `using` calls it. */
  [Symbol.dispose](): void {
    this.hide();
    this.#restored.dispose();
    alone(this.#shared, () => this.#worker.terminate());
  }

  #show(): number {
    if (Atomics.load(this.#shared, TURN) === 0) Atomics.store(this.#shared, TURN, ++this.#turn);
    return this.#turn;
  }

  #post(message: Message): void {
    this.#worker.postMessage(message);
  }
}
