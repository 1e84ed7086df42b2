/** A browser that opens pages from files, with the network off, and takes note of what they ask for and complain of. */
import type { Browser, Page } from "npm:playwright-core@1.65.1";

/** How a page is opened. */
export interface View {
  width?: number;
  dark?: boolean;
  scripts?: boolean;
}

/** A page that is open. */
export interface Visit extends AsyncDisposable {
  page: Page;
  /** Errors of its script, refusals of its policy, and dialogs. */
  complaints: string[];
  /** Addresses that it asked for, but its own and those within it. */
  requests: string[];
}

/** The browser. */
export class Visitor {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async open(executablePath: string): Promise<Visitor> {
    const { chromium } = await import("npm:playwright-core@1.65.1"); // not where there is nothing to drive
    return new Visitor(await chromium.launch({ executablePath, args: ["--no-sandbox"] }));
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  /** Opens a file. */
  async visit(path: string, { width = 1280, dark, scripts = true }: View = {}): Promise<Visit> {
    const context = await this.#browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: dark ? "dark" : "light",
      javaScriptEnabled: scripts,
      reducedMotion: "reduce",
      offline: true,
    });
    context.setDefaultTimeout(120_000);
    const page = await context.newPage(), address = new URL(`file://${encodeURI(path)}`).href;
    const complaints: string[] = [], requests: string[] = [];
    page.on("pageerror", ({ message }) => complaints.push(message));
    page.on("console", (it) => {
      if (it.type() === "error" || it.type() === "warning") complaints.push(it.text());
    });
    page.on("dialog", async (dialog) => {
      complaints.push(`a dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on("request", (request) => {
      const url = request.url();
      if (url !== address && !url.startsWith("data:")) requests.push(url);
    });
    await page.goto(address);
    return { page, complaints, requests, [Symbol.asyncDispose]: () => context.close() };
  }
}
