// deno-lint-ignore-file no-console
/** `deno task report RUN...|DIR`: a page of a run, of several, or of a study; `--site`: of all results. */
import { mainOf, runCli } from "../cli/run_cli.ts";
import { writeWhole } from "../src/base/files.ts";
import { printable } from "../src/base/printable.ts";
import { REPORT, reportTask } from "./flags/report.ts";
import { subjectOf } from "./report_page/subject.ts";
import { runPage } from "./report_page/run_page.ts";
import { imagesOf } from "./report_page/run_images.ts";
import { readConfig } from "./run_folder/config.ts";

/** Runs the command. */
export const main = mainOf(REPORT, async (given) => {
  const task = reportTask(given);
  const subject = await subjectOf(task.places, task.out);
  const config = (await readConfig(subject.runs[0]))!;
  const { sets, why } = await imagesOf(subject.runs[0], config, task["data-dir"]);
  if (why) console.log(printable(`${subject.runs[0]} is shown without its images: ${why}`));
  await writeWhole(
    subject.out,
    await runPage(subject.runs[0], sets),
    "name another file with --out",
  );
  console.log(printable(`${subject.out} is written`));
  return 0;
});

if (import.meta.main) await runCli(main);
