/** A program that is asked one thing at a time. */
import { RunError } from "../../src/base/errors.ts";
import type { Request } from "./protocol.ts";

/** What a program in a process and one in a page have in common. */
export abstract class Peer {
  #ended = false;

  /** @param program Its name, for errors. */
  constructor(readonly program: string) {}

  /** Whether it can be asked no more. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws {RunError} With the program's name, when it says why there is none, when it ended, or when the time is over:
   * then it is ended.
   */
  async ask<T>(request: Request, seconds: number): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const tell = () => reject(this.error(`it took more than ${seconds} s`));
      timer = setTimeout(tell, 1000 * seconds);
    });
    try {
      return await Promise.race([this.exchange<T>(request), late]);
    } catch (error) {
      this.end();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends it. */
  end(): void {
    this.#ended = true;
    this.close();
  }

  protected abstract exchange<T>(request: Request): Promise<T>;
  protected abstract close(): void;

  protected error(state: string): RunError {
    return new RunError(`${this.program} cannot go on: ${state}`);
  }
}
