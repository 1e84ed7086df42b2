/** A study as a command line asks for it. */
import { parse } from "../../cli/flags.ts";
import { expCommand } from "../../experiments/flags/exp.ts";
import { STUDIES } from "../../experiments/studies/catalog.ts";
import { type StudyTask, studyTask } from "../../experiments/studies/run_study.ts";

/** Undefined where the command line names no study, or asks for help. */
export function studyAsked(args: readonly string[]): StudyTask | undefined {
  const given = parse(expCommand(STUDIES), args);
  const study = STUDIES.find(({ id }) => id === given?.words[0]);
  return given && study && studyTask(study, given);
}
