/// <reference lib="dom" />
/** A browser that visits the lab, and takes note of all that it reports and complains of. */
import type { Browser, Page } from "npm:playwright-core@1.65.1";
import type { FromWorker } from "../../lab/messages.ts";
import { RunError } from "../../src/base/errors.ts";

/** What a page told of its steps. */
export type Report = Extract<FromWorker, { kind: "report" }>;

/** Flags for WebGPU on Chromium's own software adapter. */
export const WEBGPU = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];

declare const reports: Report[];

/** A page of the lab. */
export class Visit {
  /** Errors and warnings of its console, what its scripts threw, and what it asks of others than its own server. */
  readonly complaints: string[] = [];

  private constructor(readonly page: Page) {}

  /** Opens the lab at an address. */
  static async open(
    browser: Browser,
    url: string,
    { width = 1280, dark = false, hasTouch = false }: {
      width?: number;
      dark?: boolean;
      hasTouch?: boolean;
    } = {},
  ): Promise<Visit> {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: dark ? "dark" : "light",
      ...{ acceptDownloads: true, hasTouch },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    context.setDefaultTimeout(120_000);
    const visit = new Visit(await context.newPage());
    visit.page.on("pageerror", ({ message }) => visit.complaints.push(message));
    visit.page.on("console", (it) => {
      if (it.type() === "error" || it.type() === "warning") visit.complaints.push(it.text());
    });
    const { origin } = new URL(url);
    visit.page.on("request", (it) => {
      const own = it.url().startsWith(`${origin}/`) || /^(blob|data):/.test(it.url());
      if (!own) visit.complaints.push(`asks for ${it.url()}`);
    });
    await visit.page.addInitScript(() => {
      const heard: unknown[] = [];
      Object.assign(globalThis, { reports: heard });
      document.addEventListener("report", (event) => heard.push((event as CustomEvent).detail));
    });
    await visit.page.goto(url);
    return visit;
  }

  /** Waits until a report fits; gives it. */
  async until(
    what: string,
    fits: (report: Report) => boolean,
    seconds: number,
  ): Promise<Report> {
    const end = performance.now() + 1000 * seconds;
    while (performance.now() < end) {
      const last = await this.page.evaluate(() => {
        const report = reports.at(-1);
        return report &&
          { ...report, maps: report.maps.map((map) => ({ ...map, losses: undefined })) };
      }) as Report | undefined;
      if (last && fits(last)) return last;
      await this.page.waitForTimeout(200);
    }
    const status = await this.page.textContent("#status"),
      notice = await this.page.textContent("#notice");
    throw new RunError(`waited ${seconds} s for ${what}: ${status} ${notice}`);
  }

  /** The losses of the first map's steps so far, in order. */
  async losses(): Promise<number[]> {
    return await this.page.evaluate(() =>
      reports.flatMap(({ maps: [{ losses, terms }] }) => {
        const columns = 1 + terms.length;
        return Array.from(losses).filter((_, i) => i % columns === 0);
      })
    );
  }

  /** Moves a slider to a share of its way, as a hand does. */
  async slide(label: string, share: number): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).first().evaluate((element, share) => {
      const input = element as HTMLInputElement;
      input.valueAsNumber = Number(input.max) * share;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }, share);
  }

  /** Closes it. */
  async close(): Promise<void> {
    await this.page.context().close();
  }
}
