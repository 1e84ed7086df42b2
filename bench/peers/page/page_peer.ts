/// <reference lib="dom" />
/** A program in a page of a browser of its own. */
import type { Browser, Page } from "npm:playwright-core@1.65.1";
import { RunError } from "../../../src/base/errors.ts";
import type { Peer } from "../contest.ts";
import { type Answer, decode, encode, type Request } from "../protocol.ts";
import type { PageProgramName } from "./programs.ts";

declare const ask: ((line: string) => Promise<string>) | undefined;

/** A page that is asked one thing at a time. */
export class PagePeer implements Peer {
  readonly #program: PageProgramName;
  readonly #launch: () => Promise<Browser>;
  readonly #url: string;
  #browser: Browser | undefined;
  #page: Page | undefined;
  #ended = false;

  /** @param launch Starts the browser, when it is asked first. */
  constructor(program: PageProgramName, launch: () => Promise<Browser>, url: string) {
    this.#program = program;
    this.#launch = launch;
    this.#url = url;
  }

  /** Whether it can be asked no more. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws {RunError} With the program's name, when it says why there is none, or when the time is over: then it is ended.
   */
  async ask<T>(request: Request, seconds: number): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(this.#error(`it took more than ${seconds} s`)),
        1000 * seconds,
      );
    });
    try {
      return await Promise.race([this.#exchange<T>(request), late]);
    } catch (error) {
      this.end();
      if (error instanceof RunError) throw error;
      throw this.#error((error as Error).message.split("\n")[0]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends it. */
  end(): void {
    this.#ended = true;
    this.#browser?.close().catch(() => {});
  }

  async #exchange<T>(request: Request): Promise<T> {
    const page = this.#page ??= await this.#open();
    const answer = decode<Answer<T>>(await page.evaluate((line) => ask!(line), encode(request)));
    if (answer && "answer" in answer) return answer.answer;
    throw this.#error(answer?.error.split("\n")[0] ?? "its answer is none");
  }

  async #open(): Promise<Page> {
    this.#browser = await this.#launch();
    const page = await this.#browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`${this.#url}#${this.#program}`);
    await page.waitForFunction(() => typeof ask === "function");
    return page;
  }

  #error(state: string): RunError {
    return new RunError(`${this.#program} cannot go on: ${state}`);
  }
}
