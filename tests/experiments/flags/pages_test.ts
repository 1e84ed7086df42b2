/** Commands that the pages show: each `deno task exp` is one that it would take, and makes the runs that a page shows. */
import { assert, assertEquals } from "@std/assert";
import { parse } from "../../../cli/flags.ts";
import { expCommand, oneRow } from "../../../experiments/flags/exp.ts";
import { queueOf } from "../../../experiments/flags/queue.ts";
import { PUBLISHED } from "../../../experiments/flags/row.ts";
import { optionsOf } from "../../../experiments/flags/run.ts";
import { gridOf, variedOf } from "../../../experiments/flags/vary.ts";
import { pathOf } from "../../../experiments/run_folder/path.ts";
import { STUDIES } from "../../../experiments/studies/catalog.ts";
import { studyTask } from "../../../experiments/studies/run_study.ts";
import { variantOf } from "../../../experiments/studies/study.ts";
import { withSlashes } from "../../../src/base/path.ts";
import { granted } from "../../permissions.ts";

const ROOT = new URL("../../../", import.meta.url);

/** Pages with commands: those at the top, and all of docs. */
function* pages(folder = new URL("docs/", ROOT)): Iterable<URL> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* pages(new URL(`${name}/`, folder));
    else if (name.endsWith(".md")) yield new URL(name, folder);
  }
}

/** What follows `deno task`, in blocks and in spans of code, which may go over a line's end. */
function commandsOf(text: string): string[] {
  const commands = text.matchAll(/deno task(?: -q)? ([^`#]*?)(?=`|#|\n(?! {2,}\S)|\n\n)/g);
  return [...commands].map(([, it]) => it.replace(/\s+/g, " ").trim());
}

const words = (command: string) =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);

/** Reads a command of `exp` as its main function does, to where a run would begin. Gives the folders that it would write. */
function read(args: string[]): string[] {
  const given = parse(expCommand(STUDIES), args);
  const word = given?.words[0];
  if (!given || word === undefined) return [];
  const study = STUDIES.find(({ id }) => id === word);
  if (study) {
    const { queue: { runs } } = studyTask(study, given);
    const own = { ...runs[0].plan, id: study.id, variant: variantOf(study, runs) };
    return [{ ...runs[0], plan: own }, ...runs].map(pathOf);
  }
  if (word === "all") return queueOf(given, PUBLISHED).runs.map(pathOf);
  const row = oneRow(given, STUDIES.map(({ id }) => id));
  if (!given.names.has("vary") && !given.names.has("seeds")) {
    return [pathOf(optionsOf(row, given.flags))];
  }
  return gridOf(given, row, variedOf(given)).runs.map(pathOf);
}

/** Runs whose pictures or tables a page shows: preset, then folder. */
const SHOWN = /results\/(quick|small|fast)\/([^/]+)\/seed-/g;
/** Runs that a page names in a command or in its text. */
const NAMED = /runs\/([^\s`"'()<>]+\/(?:paper|fast|quick|small|smoke)\/seed-\d)/g;

Deno.test("each command of the pages is one that its task would take, and each run shown has one", async (t) => {
  if (!await granted("read")) return;
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  let taken = 0;
  const named = new Set<string>(), made = read(["cent-digits-2"]).map(withSlashes); // the demo's
  const top = ["README.md", "CONTRIBUTING.md"].map((name) => new URL(name, ROOT));
  for (const page of [...top, ...pages()]) {
    const name = page.href.slice(ROOT.href.length);
    await t.step(name, async () => {
      const text = await Deno.readTextFile(page), folders: string[] = [];
      for (const command of commandsOf(text)) {
        const [task, ...args] = words(command);
        if (/^[A-Z<]/.test(task)) continue;
        assert(task in tasks, `${name}: there is no task ${task}: ${command}`);
        const example = args.some((arg) => /^[A-Z]+$|^\.\.\.$|\.ts$|[<[|]/.test(arg));
        if (task !== "exp" || example) continue;
        taken++;
        try {
          folders.push(...read(args).map(withSlashes));
        } catch (error) {
          throw new Error(`${name}: ${command}: ${(error as Error).message}`);
        }
      }
      made.push(...folders);
      for (const [, run] of text.matchAll(NAMED)) named.add(run);
      if (!name.startsWith("docs/experiments/")) return;
      const missing = [...text.matchAll(SHOWN)].map(([, preset, id]) => `${id}/${preset}`)
        .filter((run) => !folders.some((it) => it.includes(`/${run}/`)));
      assertEquals([...new Set(missing)], [], `${name} shows runs without the commands for them`);
    });
  }
  assert(taken > 40, `only ${taken} commands were found`);
  const unmade = [...named].filter((run) => !made.some((it) => it.endsWith(`/${run}`)));
  assertEquals(unmade, [], "no command of the pages makes these runs");
});

Deno.test("docs/run_folder.md names every file that is kept of a run", async () => {
  if (!await granted("read")) return;
  const page = await Deno.readTextFile(new URL("docs/run_folder.md", ROOT)), left = new Set();
  const folders = (url: URL) =>
    [...Deno.readDirSync(url)].filter((it) => it.isDirectory)
      .map(({ name }) => new URL(`${encodeURIComponent(name)}/`, url));
  for (const run of ["fast", "quick"].flatMap((it) => folders(new URL(`results/${it}/`, ROOT)))) {
    for (const seed of folders(run)) {
      const names = [...Deno.readDirSync(seed)].map(({ name }) => name);
      if (names.includes("study.json")) continue;
      for (const name of names) if (!page.includes(`\`${name}\``)) left.add(name);
    }
  }
  assertEquals([...left], []);
});
