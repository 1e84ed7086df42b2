/** `study.json`: what a study compared, and with what. */
import { join } from "../../src/base/path.ts";
import {
  listOf,
  matching,
  object,
  optional,
  orElse,
  text,
  truth,
  whole,
} from "../../src/base/json.ts";
import { readJson } from "../../src/base/files.ts";
import { plainName, presetName, seedNumber } from "../plan/checks.ts";

/** Its name; a folder that has it is a study's. */
export const STUDY_NAME = "study.json";

/** What stands in it. */
export interface StudyConfig {
  study: string;
  preset: string;
  seed: number;
  /** Whether it ran on somebody's own images. */
  ownData?: boolean;
  /** Training and test images; earlier versions did not say. */
  images?: { train: number; test: number };
  /** Of the program that drew it. */
  commit: string;
  deno: string;
  /**
   * The runs that it read; `folder` is what stands in the place of the id in their paths, where that is another, and `images`
   * are theirs, where they are not as many as the study's.
   */
  runs: {
    id: string;
    folder?: string;
    images?: { train: number; test: number };
    drawn: boolean;
    adapter: string;
    commit: string;
  }[];
}

/** A name that stays in its folder. */
const folderName = matching(
  (word) => /^[^/\\]+$/.test(word) && !/^\.+$/.test(word),
  "the name of a folder",
);

const imageCounts = object<{ train: number; test: number }>({ train: whole(1), test: whole(1) });

const studyConfig = object<StudyConfig>({
  study: plainName,
  preset: presetName,
  seed: seedNumber,
  ownData: optional(truth),
  images: optional(imageCounts),
  commit: orElse(text, "unknown"),
  deno: orElse(text, "unknown"),
  runs: listOf(object<StudyConfig["runs"][number]>({
    id: plainName,
    folder: optional(folderName),
    images: optional(imageCounts),
    drawn: orElse(truth, false),
    adapter: orElse(text, "unknown"),
    commit: orElse(text, "unknown"),
  })),
});

/**
 * The study in a folder, or undefined where there is none.
 *
 * @throws {RunError} When its file is damaged.
 */
export async function readStudy(path: string): Promise<StudyConfig | undefined> {
  return await readJson(
    join(path, STUDY_NAME),
    studyConfig,
    "is no study (deno task exp STUDY makes it anew)",
  );
}
