// deno-lint-ignore-file no-console
/** Runs for Snakemake: a file with a rule a run, and one that compares them. */
import { join } from "node:path";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { writeWhole } from "../../src/base/files.ts";
import { printable } from "../../src/base/printable.ts";
import type { Start } from "./programs.ts";
import type { Work } from "./work.ts";

/** The first rule is what Snakemake is asked for: the comparison, and so all runs. */
function snakefile({ runs, comparison, command }: Work): string {
  const compare = rule("compare", {
    input: runs.map(({ summary }) => summary),
    output: [join(comparison, "comparison.csv")],
    shell: [logged(command("compare"), "compare.log")],
  });
  const each = runs.map(({ name, summary }, i) =>
    `# ${name}\n` + rule(`run_${i + 1}`, {
      output: [summary],
      shell: [logged(command(i + 1), `run-${i + 1}.log`)],
    })
  );
  const title = "# Written by deno task exp:on: a rule a run, and one that compares them.\n";
  return [title, compare, ...each].join("\n");
}

function rule(name: string, parts: Readonly<Record<string, readonly string[]>>): string {
  // Texts of JSON are texts of Python, too.
  const lines = Object.entries(parts).map(([part, texts]) =>
    `    ${part}:\n` + texts.map((text) => `        ${JSON.stringify(text)}`).join(",\n") + "\n"
  );
  return `rule ${name}:\n${lines.join("")}`;
}

/** Braces have a meaning in Snakemake, and single ones in a command have none. */
function logged(command: string, log: string): string {
  return `${command.replace(/[{}]/g, "$&$&")} >> ${log} 2>&1`;
}

/**
 * Starts Snakemake and waits for it.
 *
 * @param options What the user tells `snakemake`, such as `--cores 4` or `--profile slurm`.
 * @returns The exit code: 0 when all is finished and compared.
 * @throws {RunError} When `snakemake` is missing, or a run failed.
 * @throws {UsageError} When a path has braces, which Snakemake would fill in.
 */
export async function toSnakemake(work: Work, options: readonly string[], start: Start) {
  const braces = [...work.runs.map(({ summary }) => summary), work.folder].find((path) =>
    /[{}]/.test(path)
  );
  if (braces) {
    throw new UsageError(
      `Snakemake takes no path with braces: choose another --out than ${braces}`,
    );
  }
  await start("snakemake", ["--version"]);
  const file = join(work.folder, "Snakefile");
  await writeWhole(file, snakefile(work));
  const own = ["--snakefile", file, "--directory", work.folder, "--cores", "1"];
  const { code } = await start(
    "snakemake",
    [...own, "--keep-going", "--rerun-incomplete", ...options],
    true,
  );
  if (code === 0) {
    console.log(`\nThe comparison is in ${printable(work.comparison)}`);
    return 0;
  }
  throw new RunError(
    printable(`snakemake ended with exit code ${code}: see the logs in ${work.folder}`) +
      "; the same command goes on with what is not finished",
  );
}
