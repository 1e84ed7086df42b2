// deno-lint-ignore-file no-console
/**
 * `deno task test:tint`: kernels and ops in a page of Chromium, whose WebGPU (Dawn) and WGSL compiler (Tint) are not Deno's
 * (wgpu, naga), on its software adapter SwiftShader.
 */
import { fileURLToPath } from "node:url";
import { command, flag } from "../../cli/flags.ts";
import { mainOf, runCli } from "../../cli/run_cli.ts";
import { text } from "../../cli/values.ts";
import { RunError } from "../../src/base/errors.ts";
import { installedBrowser, leftOut } from "../browser.ts";
import type { Outcome } from "./outcome.ts";
import type { Stages } from "./page.ts";

const TINT = command({
  name: "test:tint",
  about:
    "Compiles every kernel by Chromium's compiler, and runs the tensor layer's tests in a page.",
  forms: [["", "all of it; exits with 3 where Chromium is not installed"]],
  flags: {
    all: flag("Chromium that is not installed is a failure (exit code 1, not 3)"),
    every: flag(
      "makes a pipeline of every kernel with every combination of constants, not only of one for each way to bind its " +
        "arrays; takes long",
    ),
    only: text(
      "TEXT",
      "compiles nothing beforehand, and runs only the tests whose name holds TEXT",
    ),
    slow: flag("names the cases that took longest"),
  },
});

/** The page's program, as one file. */
async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL("page.ts", import.meta.url));
  const args = ["bundle", "--quiet", "--platform", "browser", entry];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new RunError(`deno bundle: ${new TextDecoder().decode(stderr)}`);
  const program = new TextDecoder().decode(stdout);
  const foreign = /^import .* from "(node:.*)"/m.exec(program)?.[1];
  if (foreign) {
    throw new RunError(
      `The page's program imports ${foreign}, which no browser has: a module that tests/tint/page.ts reaches must not`,
    );
  }
  return program;
}

/** The page and its program, on a free port of this machine. */
function serve(program: string): Deno.HttpServer<Deno.NetAddr> {
  const page = '<!doctype html><meta charset="utf-8"><script type="module" src="page.js"></script>';
  const respond = (body: string, type: string) =>
    new Response(body, { headers: { "content-type": `${type}; charset=utf-8` } });
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ url }) => {
    const { pathname } = new URL(url);
    if (pathname === "/") return respond(page, "text/html");
    if (pathname === "/page.js") return respond(program, "text/javascript");
    return new Response(null, { status: 404 });
  });
}

/** Opens the page in a browser without a window; `hear` is told of each case. */
async function openPage(executablePath: string, url: string, hear: (outcome: Outcome) => void) {
  const args = ["--no-sandbox", "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];
  const { chromium } = await import("npm:playwright-core@1.65.1"); // not where there is nothing to drive
  const browser = await chromium.launch({ executablePath, args });
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  page.on("pageerror", (error) => hear({ name: "the page", problem: error.message, ms: 0 }));
  page.on("crash", () => hear({ name: "the page", problem: "crashed", ms: 0 }));
  await page.exposeFunction("tell", hear);
  await page.goto(url);
  return { browser, page };
}

declare const stages: Stages;
declare const tell: (outcome: Outcome) => void;

/** Names of all kernels: of the files that have an entry point. */
function kernelNames(): string[] {
  const folder = new URL("../../kernels/", import.meta.url);
  return [...Deno.readDirSync(folder)].flatMap(({ name }) =>
    name.endsWith(".wgsl") && Deno.readTextFileSync(new URL(name, folder)).includes("@compute")
      ? [name.slice(0, -".wgsl".length)]
      : []
  );
}

/** A problem on one line, without the colours of a difference. */
function short({ problem = "" }: Outcome): string {
  // deno-lint-ignore no-control-regex
  const plain = problem.replace(/\x1b\[\d+m/g, "").replace(/\s+/g, " ").trim();
  return plain.length > 400 ? `${plain.slice(0, 400)}...` : plain;
}

/** Runs the command. */
export const main = mainOf(TINT, async ({ flags }) => {
  const browser = installedBrowser();
  if (!browser) return leftOut(flags.all);
  const outcomes: Outcome[] = [];
  const hear = (outcome: Outcome) => {
    outcomes.push(outcome);
    if (outcome.problem !== undefined) console.log(`FAILED  ${outcome.name}: ${short(outcome)}`);
  };
  /** Runs a stage, and says how many cases it had and how long they took. */
  const stage = async (name: string, run: () => Promise<unknown>) => {
    const before = outcomes.length, start = performance.now();
    await run();
    const seconds = Math.round((performance.now() - start) / 1000);
    console.log(`${name}: ${outcomes.length - before} cases, ${seconds} s`);
  };
  const server = serve(await bundle());
  const { browser: running, page } = await openPage(
    browser,
    `http://127.0.0.1:${server.addr.port}/`,
    hear,
  );
  try {
    if (flags.only === undefined) {
      await stage("rehearsal", () => page.evaluate(() => stages.rehearse()));
      await stage(
        "texts compiled",
        () => page.evaluate((every) => stages.compile(tell, every), flags.every),
      );
    }
    await stage(
      "tests run",
      () => page.evaluate((only) => stages.test(tell, only), flags.only ?? ""),
    );
    if (flags.only === undefined) {
      const compiled = await page.evaluate(() => stages.kernels());
      for (const name of kernelNames().filter((name) => !compiled.includes(name))) {
        hear({ name, problem: "nothing that ran here uses this kernel", ms: 0 });
      }
    }
  } finally {
    await running.close();
    await server.shutdown();
  }
  if (flags.slow) {
    for (const { name, ms } of outcomes.toSorted((a, b) => b.ms - a.ms).slice(0, 20)) {
      console.log(`${(ms / 1000).toFixed(1)} s  ${name}`);
    }
  }
  const failed = outcomes.filter(({ problem }) => problem !== undefined).length;
  console.log(`${outcomes.length - failed} passed, ${failed} failed`);
  return failed > 0 || outcomes.length === 0 ? 1 : 0;
});

if (import.meta.main) await runCli(main);
