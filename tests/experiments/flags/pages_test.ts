/** Commands that the pages show: each `deno task exp` is one that it would take. */
import { assert } from "@std/assert";
import { parse } from "../../../cli/flags.ts";
import { expCommand, oneRow } from "../../../experiments/flags/exp.ts";
import { queueOf } from "../../../experiments/flags/queue.ts";
import { PUBLISHED } from "../../../experiments/flags/row.ts";
import { optionsOf } from "../../../experiments/flags/run.ts";
import { gridOf, variedOf } from "../../../experiments/flags/vary.ts";
import { STUDIES } from "../../../experiments/studies/catalog.ts";
import { studyTask } from "../../../experiments/studies/run_study.ts";

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
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);

/** Reads a command of `exp` as its main function does, to where a run would begin. */
function read(args: string[]): void {
  const given = parse(expCommand(STUDIES), args);
  const word = given?.words[0];
  if (!given || word === undefined) return;
  const study = STUDIES.find(({ id }) => id === word);
  if (study) return void studyTask(study, given);
  if (word === "all") return void queueOf(given, PUBLISHED);
  const row = oneRow(given, STUDIES.map(({ id }) => id));
  if (!given.names.has("vary") && !given.names.has("seeds")) {
    return void optionsOf(row, given.flags);
  }
  gridOf(given, row, variedOf(given));
}

Deno.test("each command of the pages is one that its task would take", async (t) => {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  let taken = 0;
  const top = ["README.md", "CONTRIBUTING.md"].map((name) => new URL(name, ROOT));
  for (const page of [...top, ...pages()]) {
    const name = page.href.slice(ROOT.href.length);
    await t.step(name, async () => {
      for (const command of commandsOf(await Deno.readTextFile(page))) {
        const [task, ...args] = words(command);
        if (/^[A-Z<]/.test(task)) continue;
        assert(task in tasks, `${name}: there is no task ${task}: ${command}`);
        const example = args.some((arg) => /^[A-Z]+$|^\.\.\.$|\.ts$|[<[|]/.test(arg));
        if (task !== "exp" || example) continue;
        taken++;
        try {
          read(args);
        } catch (error) {
          throw new Error(`${name}: ${command}: ${(error as Error).message}`);
        }
      }
    });
  }
  assert(taken > 40, `only ${taken} commands were found`);
});
