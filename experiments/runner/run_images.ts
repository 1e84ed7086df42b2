// deno-lint-ignore-file no-console
/** The images of a run: those that it begins on, or those that it was begun on. */
import type { UnlabelledImages } from "../../data/formats/csv.ts";
import { printable } from "../../src/base/printable.ts";
import type { ImageSet, Sets } from "../../src/dataset/image_set.ts";
import { checkFit } from "../plan/fit.ts";
import { loadImages } from "../plan/images.ts";
import { imagesChanged } from "../plan/images_digest.ts";
import type { Options } from "../plan/request.ts";
import type { Config } from "../run_folder/config.ts";
import { manyClassesNote } from "../run_folder/class_pairs.ts";
import { refusal } from "../run_folder/refusal.ts";
import { lettersNote, tryLetters } from "./letters.ts";
import { ownImagesLine } from "./said/own_images_line.ts";
import { imagesToPredict } from "./predictions.ts";

/** What a run trains on, is tested on, and classifies at its end. */
export interface PreparedImages {
  sets: Sets;
  /** Test images of the classes that it leaves out, where it does. */
  unknown: ImageSet | undefined;
  /** Whether these are drawn digits that stand in for the data set of the row. */
  drawn: boolean;
  unlabelled: UnlabelledImages | undefined;
}

/**
 * Loads them, and says what is worth knowing of them.
 *
 * @param path Of the run's folder, for messages.
 * @param previous The config of a run that is resumed.
 * @throws {RunError} When a file is missing or broken, or they are others than the run began on.
 * @throws {UsageError} When they do not fit the row, or there are fewer than are asked for.
 */
export async function imagesOfRun(
  path: string,
  options: Options,
  previous: Config | undefined,
): Promise<PreparedImages> {
  const plan = previous?.plan ?? options.plan;
  const { train, test, unknown, drawn, note } = await loadImages(plan, options.dataDir);
  checkFit(plan, train);
  const predict = options.predict ?? previous?.predict;
  const unlabelled = await imagesToPredict(predict, test);
  if (previous && drawn !== previous.drawn) {
    throw drawn
      ? refusal(
        `${path} began on ${plan.dataset}, which is not there now`,
        "put it back (--data-dir)",
      )
      : refusal(
        `${path} began on drawn digits, not on ${plan.dataset}, which is there`,
        "take it away",
      );
  }
  if (previous && await imagesChanged(previous, { train, test })) {
    const source = plan.ownData?.source ?? plan.dataset;
    throw refusal(`${path} began on other images than ${source} has now`, "put those back");
  }
  const own = plan.ownData && ownImagesLine({ train, test });
  const { classNames } = train;
  const names = [plan.dataset, plan.name ?? "", ...classNames];
  if (options.font !== undefined) tryLetters(options.font, names);
  for (const line of [own, note, manyClassesNote(classNames.length), lettersNote(names)]) {
    if (line) console.log(printable(line));
  }
  if (drawn) console.log(`${plan.dataset} is not there: drawn digits of its shape stand in for it`);
  return { sets: { train, test }, unknown, drawn, unlabelled };
}
