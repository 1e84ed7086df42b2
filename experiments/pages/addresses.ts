/** Where the pages of a site are, and how they name each other. */
import { basename } from "node:path";
import { dirname, relative } from "node:path/posix";
import { type Html, markup } from "../report_page/html.ts";
import type { Result } from "../report/results.ts";
import type { StudyConfig } from "../run_folder/study_config.ts";

/** A study's results. */
export interface StudyResult {
  path: string;
  config: StudyConfig;
  summary: string;
}

/** Where the page of a row is, of a study, and of one of a row's several runs. */
export const rowPage = (id: string) => `rows/${id}.html`;
export const studyPage = ({ path, config }: StudyResult) =>
  `studies/${folderName(path)}-${config.preset}-${basename(path)}.html`;
export const runPageOf = ({ folder, config: { plan } }: Result) =>
  `rows/${plan.id}/${folderName(folder)}-${plan.preset}-seed-${plan.seed}.html`;

/** The folder above the seed's: a row or a study, with what flags changed of it. */
export function folderName(path: string): string {
  return basename(dirname(path));
}

/** A relative address. */
export function addressOf(from: string, to: string): string {
  return relative(dirname(from), to).split("/").map(encodeURIComponent).join("/");
}

/** A link from a page to another one. */
export function linkTo(from: string, to: string, text: string): Html {
  return markup`<a href="${addressOf(from, to)}">${text}</a>`;
}
