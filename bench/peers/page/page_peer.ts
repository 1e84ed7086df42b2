/// <reference lib="dom" />
/** A program in a page of a browser of its own. */
import type { Browser, Page } from "npm:playwright-core@1.65.1";
import { Peer } from "../peer.ts";
import { type Answer, decode, encode, type Request } from "../protocol.ts";
import type { PageProgramName } from "./programs.ts";

declare const ask: ((line: string) => Promise<string>) | undefined;

/** A page that is asked one thing at a time. */
export class PagePeer extends Peer {
  readonly #launch: () => Promise<Browser>;
  readonly #url: string;
  #browser: Browser | undefined;
  #page: Page | undefined;

  /** @param launch Starts the browser, when it is asked first. */
  constructor(program: PageProgramName, launch: () => Promise<Browser>, url: string) {
    super(program);
    this.#launch = launch;
    this.#url = url;
  }

  protected override close(): void {
    this.#browser?.close().catch(() => {});
  }

  protected override async exchange<T>(request: Request): Promise<T> {
    const line = await this.#told(encode(request)).catch((error: Error) => {
      throw this.error(error.message.split("\n")[0]);
    });
    const answer = decode<Answer<T>>(line);
    if (answer && "answer" in answer) return answer.answer;
    throw this.error(answer?.error.split("\n")[0] ?? "its answer is none");
  }

  /** What the page answers to a line. */
  async #told(line: string): Promise<string> {
    const page = this.#page ??= await this.#open();
    return await page.evaluate((line) => ask!(line), line);
  }

  async #open(): Promise<Page> {
    this.#browser = await this.#launch();
    const page = await this.#browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`${this.#url}#${this.program}`);
    await page.waitForFunction(() => typeof ask === "function");
    return page;
  }
}
