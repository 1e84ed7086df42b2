/** The images of a finished run, where they are still the same. */
import { join } from "node:path";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { isThere } from "../../src/base/files.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import { loadImages } from "../plan/images.ts";
import { imagesChanged } from "../plan/images_digest.ts";
import type { Config } from "../run_folder/config.ts";

/** The images, or why a page does without them. */
export interface FoundImages {
  sets?: Sets;
  why?: string;
}

/** Looks for the images of a run; of results, which keep no features, nothing could be drawn with them. */
export async function imagesOf(
  path: string,
  config: Config,
  dataDir: string | undefined,
): Promise<FoundImages> {
  if (!await isThere(join(path, "features"))) return {};
  try {
    const { train, test, drawn } = await loadImages(config.plan, dataDir);
    const sets = { train, test };
    if (drawn === config.drawn && !await imagesChanged(config, sets)) return { sets };
    return { why: "its images are other ones now" };
  } catch (error) {
    if (!(error instanceof RunError || error instanceof UsageError)) throw error;
    return { why: error.message };
  }
}
