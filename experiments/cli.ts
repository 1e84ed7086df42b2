// deno-lint-ignore-file no-console
/** `deno task exp [ID | FILE.ts | STUDY | all] [options]`: runs one row, a grid of it, those of a study or all of them, or lists them. */
import { mainOf, runCli } from "../cli/run_cli.ts";
import { runGrid, runPart } from "./compare/run_grid.ts";
import { expCommand, oneRow } from "./flags/exp.ts";
import { checkParts } from "./flags/on.ts";
import { queueOf } from "./flags/queue.ts";
import { PUBLISHED } from "./flags/row.ts";
import { optionsOf } from "./flags/run.ts";
import { gridOf, variedOf } from "./flags/vary.ts";
import { isRowFile, loadRowFile } from "./plan/own_row/row_file.ts";
import { renamedIn } from "./rows/catalog.ts";
import { runAll } from "./runner/queue.ts";
import { runAlone } from "./runner/run_alone.ts";
import { STUDIES } from "./studies/catalog.ts";
import { runStudy, studyTask } from "./studies/run_study.ts";

export const main = mainOf(expCommand(STUDIES), async (given) => {
  renamedIn(given.args).forEach((line) => console.log(line));
  checkParts(given);
  const { words: [word], flags: { part } } = given;
  const study = STUDIES.find(({ id }) => id === word);
  if (study) return await runStudy(studyTask(study, given));
  if (word === "all") return await runAll(queueOf(given, PUBLISHED));
  const own = isRowFile(word) ? await loadRowFile(word) : undefined;
  const row = oneRow(given, STUDIES.map(({ id }) => id), own);
  if (!given.names.has("vary") && !given.names.has("seeds")) {
    return await runAlone(optionsOf(row, given.flags));
  }
  const varied = variedOf(given), grid = gridOf(given, row, varied);
  return part === undefined ? await runGrid(grid, varied) : await runPart(part, grid, varied);
});

if (import.meta.main) await runCli(main);
