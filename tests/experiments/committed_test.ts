/** A committed result cannot be changed by any command without a flag that says so: each command tries. */
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { main as bench } from "../../bench/cli.ts";
import { main as peers } from "../../bench/peers/cli.ts";
import { main as phases } from "../../bench/phases/cli.ts";
import { main as page } from "../../bench/peers/page/cli.ts";
import { main as dataCsv } from "../../data/csv_cli.ts";
import { main as compare } from "../../experiments/compare.ts";
import { optionsOf } from "../../experiments/flags/run.ts";
import { expCommand, oneRow } from "../../experiments/flags/exp.ts";
import { PRESETS } from "../../experiments/plan/plan.ts";
import { CATALOG } from "../../experiments/rows/catalog.ts";
import { pathOf } from "../../experiments/run_folder/path.ts";
import { mayUseFolder } from "../../experiments/runner/may_use_folder.ts";
import { STUDIES } from "../../experiments/studies/catalog.ts";
import { main as report } from "../../experiments/report.ts";
import { main as table } from "../../experiments/table.ts";
import { main as tune } from "../../experiments/tune.ts";
import { parse } from "../../cli/flags.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { diskTest } from "../on_disk.ts";
import { printed } from "../printed.ts";
import { saveRun } from "./compare/saved_run.ts";
import { smallMnist } from "../data/idx_bytes.ts";
import { contents, copy } from "./run_folders.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const RUN = join("results", "quick", "kz-center", "seed-1");
const STUDY = join("results", "quick", "lambda-sweep", "seed-1");

type Refusal = typeof RunError | typeof UsageError;
const refused = (act: () => Promise<unknown>, type: Refusal, message: string) =>
  assertRejects(() => printed(act), type, message);

/** Whether `exp` would begin in the folder that a command line means. */
async function begin(line: string) {
  const given = parse(expCommand(), line.split(" "))!;
  const options = optionsOf(oneRow(given), given.flags);
  await mayUseFolder(pathOf(options), options);
}

/** What each command tries that may write, by the name of its task; in a folder with the committed results. */
const ATTEMPTS: Record<string, () => Promise<void>> = {
  async exp() {
    // Runs lie by their rows, results by their presets: none of the former is a place of the latter.
    for (const id of [...CATALOG.keys(), ...STUDIES.map(({ id }) => id)]) {
      assert(!PRESETS.some((preset) => preset === id), id);
    }
    // Where somebody puts a result into the place of a run, it is one that is finished.
    const as = join("results", "kz-center", "quick", "seed-1");
    await copy(RUN, as);
    const line = "kz-center --preset quick --out results", held = `${as} holds a run already`;
    await refused(() => begin(line), RunError, held);
    await Deno.remove(join("results", "kz-center"), { recursive: true });
  },
  async compare() {
    const two = [RUN, join("results", "quick", "kz-softmax", "seed-1")];
    for (const out of [RUN, STUDY, "results", join("results", "quick")]) {
      await refused(() => compare([...two, "--out", out]), RunError, `${out} holds files of`);
    }
  },
  async tune() {
    for (const flag of ["--write", "--cache"]) {
      const file = join(RUN, "config.json"), inside = `${file} would lie in the folder of a run`;
      await refused(() => tune([flag, file]), UsageError, inside);
    }
  },
  async report() {
    await refused(
      () => report([RUN]),
      RunError,
      `${RUN} has no last.safetensors: it is one of the results`,
    );
    const file = join(RUN, "metrics.csv");
    await refused(() => report([RUN, "--out", file]), UsageError, "it must be a file that ends in");
  },
  async bench() {
    for (const flag of ["--json", "--csv"]) {
      const file = join(STUDY, "comparison.csv"),
        inside = `${file} would lie in the folder of a study`;
      await refused(() => bench([flag, file]), UsageError, inside);
    }
  },
  async "bench:peers"() {
    const file = join(RUN, "metrics.csv"), inside = `${file} would lie in the folder of a run`;
    await refused(() => peers(["--csv", file]), UsageError, inside);
  },
  async "bench:phases"() {
    const file = join(RUN, "metrics.csv"), inside = `${file} would lie in the folder of a run`;
    await refused(() => phases(["--csv", file]), UsageError, inside);
  },
  async "bench:page"() {
    const file = join(RUN, "metrics.csv"), inside = `${file} would lie in the folder of a run`;
    await refused(() => page(["--csv", file]), UsageError, inside);
  },
  async "data:csv"() {
    await smallMnist("data", 12, 4);
    const to = join("results", "csv");
    await printed(() => dataCsv(["mnist", "--data-dir", "data", "--to", to]));
    const there = `${join(to, "train.csv")}: it is there already; --overwrite replaces it`;
    await refused(() => dataCsv(["mnist", "--data-dir", "data", "--to", to]), RunError, there);
  },
  async table() {
    await saveRun("runs", "kz-center --preset quick --epochs 2");
    await saveRun("runs", "kz-center --preset quick --lr 0.1 --name mine");
    const { result } = await printed(() => table(["--runs", "runs"]));
    assertEquals(result, 0);
  },
};

/** Commands that write where no result can be. */
const ELSEWHERE: Record<string, string> = {
  demo: "only the run of cent-digits-2 in --out, as exp would, with --overwrite",
  data: "only files of data sets, in folders of their names",
  "figures:accept": "only tests/figures/pictures",
  "losses:draw": "only docs/losses",
  "exp:on":
    "only an engine's scripts and logs, in a folder beside the comparison of a grid; the runs are those of exp",
  lab: "only the page's own files, all or none, by names that no result has",
  package: "only jsr/, npm/ and an archive in dist/ or the folder that is named",
};

diskTest("a committed result", async (root, t) => {
  const home = Deno.cwd();
  for (const name of [RUN, STUDY, join("results", "quick", "kz-softmax", "seed-1")]) {
    await copy(join(ROOT, name), join(root, name));
  }
  const before = contents(join(root, "results"));
  const same = () => {
    const after = contents(join(root, "results"));
    for (const [name, bytes] of before) assertEquals(after.get(name), bytes, name);
  };
  const { tasks } = JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json")));
  const writing = Object.entries<{ command?: string }>(tasks).filter(([name, { command = "" }]) =>
    /--allow-(write|all)/.test(command) && !name.startsWith("test:")
  ).map(([name]) => name);

  await t.step("is tried by every command that may write", () => {
    assertEquals([...Object.keys(ATTEMPTS), ...Object.keys(ELSEWHERE)].sort(), writing.sort());
  });

  Deno.chdir(root);
  try {
    for (const [name, attempt] of Object.entries(ATTEMPTS)) {
      await t.step(`is not changed by ${name}`, async () => {
        await attempt();
        same();
      });
    }
    await t.step("is changed by table --runs with --replace", async () => {
      const folder = await saveRun("others", "kz-center --preset quick", {
        accuracies: [0.5, 0.6, 0.7, 0.8],
      });
      const runs = ["--runs", "others"];
      const { result, err } = await printed(() => table(runs));
      assertEquals([result, err.includes(`${RUN} holds another run`)], [1, true]);
      same();
      assertEquals((await printed(() => table([...runs, "--replace"]))).result, 0);
      const file = "metrics.csv";
      assertEquals(
        await Deno.readTextFile(join(RUN, file)),
        await Deno.readTextFile(join(folder, file)),
      );
    });
  } finally {
    Deno.chdir(home);
  }
});
