// deno-lint-ignore-file no-console
/** Ctrl-C: once to stop after this step, twice to stop at once. */
export class StopSignal implements Disposable {
  requested = false;
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
  }
}
