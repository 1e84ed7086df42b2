/** In what runs differ from each other, and what they are called beside each other. */
import { changes } from "../plan/differences.ts";
import type { RunView } from "./read_run.ts";
import { words } from "./sections/setup.ts";
import { titleOf } from "./titles.ts";

/** A setting that is not the same in all runs. */
export interface Setting {
  /** In words. */
  name: string;
  /** Of each run, in words; a dash where a run has none. */
  values: string[];
}

/** What is no setting, but a name, or says itself in another way. */
const UNSAID = /^(id|figures\b|ownData\.source|variant|name)/;

/** The settings in which runs differ. */
export function settingsOf(runs: readonly RunView[]): Setting[] {
  const [first, ...others] = runs.map(({ config: { plan } }) => plan);
  const found = others.map((plan) => changes(first, plan));
  const names = [...new Set(found.flat().map(({ name }) => name))].filter((it) => !UNSAID.test(it));
  return names.map((name) => {
    const before = found.flat().find((it) => it.name === name)!.before;
    const values = found.map((own) => own.find((it) => it.name === name));
    return {
      name: words(name),
      values: [before, ...values.map((it) => it ? it.after : before)].map(shown),
    };
  });
}

function shown(json: string | undefined): string {
  return json === undefined ? "-" : json.replaceAll('"', "");
}

/** What tells runs apart: their rows, and of runs of one row the settings in which those differ. */
export function namesOf(runs: readonly RunView[]): string[] {
  return runs.map((run) => {
    const title = titleOf(run.config);
    const alike = runs.filter((it) => titleOf(it.config) === title);
    if (alike.length === 1) return title;
    const own = settingsOf(alike).map(({ name, values }) =>
      `${name} ${values[alike.indexOf(run)]}`
    );
    return alike.length === runs.length && own.length > 0
      ? own.join(", ")
      : [title, ...own].join(", ");
  });
}
