// deno-lint-ignore-file no-console
/** `deno task exp [ID | FILE.ts | STUDY | all] [options]`: runs one row, those of a study or all of them, or lists them. */
import { mainOf, runCli } from "../cli/run_cli.ts";
import { expCommand, oneRun } from "./flags/exp.ts";
import { queueOf } from "./flags/queue.ts";
import { PUBLISHED } from "./flags/row.ts";
import { isRowFile, loadRowFile } from "./plan/row_file.ts";
import { renamedIn } from "./rows/catalog.ts";
import { runAll } from "./runner/queue.ts";
import { runAlone } from "./runner/run_alone.ts";
import { STUDIES } from "./studies/catalog.ts";
import { runStudy, studyTask } from "./studies/run_study.ts";

export const main = mainOf(expCommand(STUDIES), async (given) => {
  renamedIn(given.args).forEach((line) => console.log(line));
  const [word] = given.words;
  const study = STUDIES.find(({ id }) => id === word);
  if (study) return await runStudy(studyTask(study, given));
  if (word === "all") return await runAll(queueOf(given, PUBLISHED));
  const row = isRowFile(word) ? await loadRowFile(word) : undefined;
  return await runAlone(oneRun(given, STUDIES.map(({ id }) => id), row));
});

if (import.meta.main) await runCli(main);
