/**
 * `deno task test:lab`: the lab in Chromium, on its software adapter: trains, turns, draws, saves, and compares its losses with
 * Deno's.
 */
import { command, flag } from "../../cli/flags.ts";
import { mainOf, runCli } from "../../cli/run_cli.ts";
import { number, oneOf } from "../../cli/values.ts";
import { pageFiles } from "../../lab/serve/bundle.ts";
import { handler } from "../../lab/serve/handler.ts";
import { installedBrowser, leftOut } from "../browser.ts";
import { Checks } from "../checks.ts";
import { checkControls, checkTraining } from "./checks.ts";
import { countFrames } from "./frames.ts";
import { checkMemory } from "./memory.ts";
import { takePictures } from "./pictures.ts";
import { WEBGPU } from "./visitor.ts";

const LAB_TEST = command({
  name: "test:lab",
  about: "Opens the lab in Chromium and tries what a visitor does there.",
  forms: [[
    "",
    "all of it but --minutes and --seconds; exits with 3 where Chromium is not installed",
  ]],
  flags: {
    all: flag("Chromium that is not installed is a failure (exit code 1, not 3)"),
    minutes: number({ low: 1, high: 120 }, "only trains so long, and says whether memory grows"),
    seconds: number(
      { low: 1, high: 120 },
      "only counts frames and steps so long, as it opens and at full size",
    ),
    only: oneOf(
      "PART",
      ["controls", "training"],
      "tries this part: training is what has to learn first",
    ),
    pictures: flag("only takes pictures of the page's states, into docs/lab"),
  },
});

/** Runs the command. */
export const main = mainOf(LAB_TEST, async ({ flags }) => {
  const executablePath = installedBrowser();
  if (!executablePath) return leftOut(flags.all);
  const checks = new Checks(), { check } = checks;
  const files = await pageFiles();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    await handler(files),
  );
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const { chromium } = await import("npm:playwright-core@1.65.1"); // not where there is nothing to drive
  const launch = (args: string[]) =>
    chromium.launch({ executablePath, args: ["--no-sandbox", ...args] });
  const browser = await launch(WEBGPU);
  try {
    if (flags.pictures) await takePictures(browser, url);
    else if (flags.seconds) await countFrames(browser, url, flags.seconds);
    else if (flags.minutes) await check("memory", () => checkMemory(browser, url, flags.minutes!));
    else {
      const parts = {
        browser,
        plain: () => launch(["--disable-gpu"]),
        live: () => launch(WEBGPU),
        url,
        files,
        check,
      };
      if (flags.only !== "training") await checkControls(parts);
      if (flags.only !== "controls") await checkTraining(parts);
    }
  } finally {
    await browser.close();
    await server.shutdown();
  }
  return flags.pictures || flags.seconds ? 0 : checks.end();
});

if (import.meta.main) await runCli(main);
