// deno-lint-ignore-file no-console
/**
 * `deno task test:report`: pages of real runs in Chromium, with the network off: what a reader sees, moves and points at is
 * compared with the files of the runs; with scripts off, on paper, and on a narrow screen.
 */
import { join } from "node:path";
import { command, flag } from "../../cli/flags.ts";
import { mainOf, runCli } from "../../cli/run_cli.ts";
import { RunError } from "../../src/base/errors.ts";
import { installedBrowser, leftOut } from "../browser.ts";
import { Checks } from "../checks.ts";
import { ended, start } from "../processes.ts";
import { makeRun } from "../experiments/report_page/made_run.ts";
import { runPage } from "../../experiments/report_page/run_page.ts";
import { checkBack, checkHostile, checkLongNames, checkPage, checkSite } from "./checks.ts";
import { Visitor } from "./visitor.ts";

const REPORT_TEST = command({
  name: "test:report",
  about:
    "Opens the pages of small runs in Chromium and compares what they show with the runs' files.",
  forms: [["", "all of it; exits with 3 where Chromium is not installed"]],
  flags: {
    all: flag("Chromium that is not installed is a failure (exit code 1, not 3)"),
    keep: flag("keeps the pages, and says where"),
  },
});

/** Runs that are over in seconds, on drawn digits. */
const SMOKE = ["--preset", "smoke", "--no-tune"];

async function run(script: string, args: readonly string[]): Promise<void> {
  const { code, said } = await ended(start(script, args));
  if (code !== 0) throw new RunError(`${script} ${args.join(" ")} ended with ${code}: ${said}`);
}

/** Runs the command. */
export const main = mainOf(REPORT_TEST, async ({ flags }) => {
  const executablePath = installedBrowser();
  if (!executablePath) return leftOut(flags.all);
  const root = await Deno.makeTempDir(), runs = join(root, "runs"), data = join(root, "data");
  await Deno.mkdir(data);
  const options = [...SMOKE, "--out", runs, "--data-dir", data];
  const place = (id: string) => join(runs, id, "smoke", "seed-1");
  const checks = new Checks(), { check } = checks;
  const visitor = await Visitor.open(executablePath);
  try {
    const sizes = ["--name", "page", "--train-size", "120", "--test-size", "80", "--epochs", "4"];
    await run("experiments/cli.ts", ["cent-digits-2", ...options, ...sizes]);
    await run("experiments/cli.ts", ["xent-mnist-128", ...options, ...sizes]);
    await run("experiments/cli.ts", ["lambda-sweep", ...options]);
    const study = place("lambda-sweep"), several = join(root, "several.html");
    await run("experiments/report.ts", [study, "--data-dir", data]);
    await run("experiments/report.ts", [
      ...[place("wen-mnist"), place("lambda-sweep-1"), "--data-dir", data, "--out", several],
    ]);
    const sweep = ["lambda-sweep-0.001", "wen-mnist", "lambda-sweep-0.1", "lambda-sweep-1"];
    const pages: [name: string, page: string, runs: string[]][] = [
      ["a 2-D run", join(place("cent-digits-2+page"), "report.html"), [
        place("cent-digits-2+page"),
      ]],
      ["a 128-D run", join(place("xent-mnist-128+page"), "report.html"), [
        place("xent-mnist-128+page"),
      ]],
      ["a study", join(study, "report.html"), sweep.map(place)],
      ["two runs", several, [place("wen-mnist"), place("lambda-sweep-1")]],
    ];
    for (const [name, page, of] of pages) await checkPage(visitor, check, name, page, of);
    await check("class names and folders that are markup are text", async () => {
      const folder = join(root, "<b>run"), page = join(root, "hostile.html");
      const classNames = [
        "<img src=x onerror=alert(1)>",
        "</script><script>alert(2)</script>",
        "c",
      ];
      const { path, sets } = await makeRun(folder, { classNames });
      await Deno.writeTextFile(page, await runPage(path, { sets }));
      await checkHostile(visitor, page, classNames);
    });
    await check("long names of many classes have room", async () => {
      const classNames = Array.from({ length: 20 }, (_, k) => `a species with a long name ${k}`);
      classNames[3] = "x".repeat(60);
      const { path, sets } = await makeRun(join(root, "long"), { classNames });
      const page = join(root, "long.html");
      await Deno.writeTextFile(page, await runPage(path, { sets }));
      await checkLongNames(visitor, page);
    });
    await check(
      "who comes back sees what the controls say",
      () => checkBack(visitor, pages[0][1]),
    );
    const site = join(root, "site");
    await run("experiments/report.ts", ["results", "--site", site]);
    await check(
      "all links of the site lead to a page, and all its pictures are there",
      () => checkSite(visitor, site),
    );
  } finally {
    await visitor.close();
    if (flags.keep) console.log(`the pages are in ${root}`);
    else await Deno.remove(root, { recursive: true });
  }
  return checks.end();
});

if (import.meta.main) await runCli(main);
