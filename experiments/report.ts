// deno-lint-ignore-file no-console
/** `deno task report RUN...|DIR`: a page of a run, of several, or of a study; `--site`: of all results. */
import { join } from "node:path";
import { mainOf, runCli } from "../cli/run_cli.ts";
import { writeWhole } from "../src/base/files.ts";
import { printable } from "../src/base/printable.ts";
import { REPORT, reportTask } from "./flags/report.ts";
import { comparisonPage } from "./pages/comparison_page.ts";
import { readView } from "./report_page/read_run.ts";
import { imagesOf } from "./report_page/run_images.ts";
import { runPage } from "./report_page/run_page.ts";
import { type Subject, subjectOf } from "./pages/subject.ts";
import { writeSite } from "./pages/site.ts";
import { STUDIES } from "./studies/catalog.ts";

/** Runs the command. */
export const main = mainOf(REPORT, async (given) => {
  const task = reportTask(given);
  if (task.site !== undefined) {
    const pages = await writeSite(task.places[0], task.site);
    console.log(printable(`${pages} pages are written: open ${join(task.site, "index.html")}`));
    return 0;
  }
  const subject = await subjectOf(task.places, task.out);
  for (const line of subject.left) console.log(printable(line));
  const text = await pageOf(subject, task["data-dir"]);
  await writeWhole(subject.out, text, "name another file with --out");
  console.log(printable(`${subject.out} is written`));
  return 0;
});

/** The page of one run, or of several. */
async function pageOf({ runs, study }: Subject, dataDir?: string): Promise<string> {
  if (runs.length === 1 && !study) {
    const { config } = await readView(runs[0]);
    const { sets, why } = await imagesOf(runs[0], config, dataDir);
    if (why) console.log(printable(`${runs[0]} is shown without its images: ${why}`));
    return await runPage(runs[0], { sets });
  }
  const { study: id, preset, seed } = study?.config ?? {};
  return await comparisonPage({
    title: id,
    lead: id && [STUDIES.find((it) => it.id === id)?.summary, `preset ${preset}, seed ${seed}`]
      .filter((it) => it !== undefined).join(" · "),
    runs,
    study: study?.path,
    images: ({ path, config }) => imagesOf(path, config, dataDir),
  });
}

if (import.meta.main) await runCli(main);
