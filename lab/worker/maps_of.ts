/** The maps of a page, made anew. */
import { RunError } from "../../src/base/errors.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import type { Settings } from "../settings/settings.ts";
import { LiveMap } from "./live_map.ts";

/**
 * A map for each loss, or none of them.
 *
 * @throws {RunError} Where settings and images do not fit together: a batch is larger than the set, an image is too small for the
 * network, or a loss needs more features.
 */
export function mapsOf(settings: Settings, sets: Sets): LiveMap[] {
  const maps: LiveMap[] = [];
  try {
    for (const map of settings.maps) maps.push(new LiveMap(settings, map, sets));
  } catch (error) {
    for (const map of maps) map.dispose();
    if (!(error instanceof RangeError)) throw error;
    throw new RunError(`${error.message}. Nothing trains until another setting is chosen`);
  }
  return maps;
}
