/** `study.json`: what a study compared, and with what. */
import { join } from "node:path";
import { readIfThere } from "./files.ts";

/** Its name; a folder that has it is a study's. */
export const STUDY_NAME = "study.json";

/** What stands in it. */
export interface StudyConfig {
  study: string;
  preset: string;
  seed: number;
  /** Whether it ran on somebody's own images. */
  ownData?: boolean;
  /** Of the program that drew it. */
  commit: string;
  deno: string;
  /** The runs that it read. */
  runs: { id: string; drawn: boolean; adapter: string; commit: string }[];
}

/** The study in a folder, or undefined where there is none. */
export async function readStudy(path: string): Promise<StudyConfig | undefined> {
  const bytes = await readIfThere(join(path, STUDY_NAME));
  try {
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
