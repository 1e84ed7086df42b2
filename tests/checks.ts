// deno-lint-ignore-file no-console
/** The checks of a task that stands beside the tests: each prints a line, and all are counted. */
export class Checks {
  #passed = 0;
  #failed = 0;

  /** Says whether `act` passes. */
  readonly check = async (name: string, act: () => Promise<void>): Promise<void> => {
    const start = performance.now();
    try {
      await act();
      this.#passed++;
      console.log(`ok  ${name} (${Math.round((performance.now() - start) / 1000)} s)`);
    } catch (error) {
      this.#failed++;
      console.log(`FAILED  ${name}: ${(error as Error).message}`);
    }
  };

  /** Says how many passed; gives the exit code. */
  end(): number {
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed > 0 ? 1 : 0;
  }
}
