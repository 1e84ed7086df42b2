/** Names: of run folders, and of what is in them. */
import { sha256 } from "npm:@noble/hashes@2.4.0/sha2.js";
import { hexadecimal } from "../../src/base/sha256.ts";
import { join } from "../../src/base/path.ts";
import type { Options } from "../plan/request.ts";

/** Where the files of a run are: `OUT/ROW[@IMAGES][+VARIANT]/PRESET/seed-N`. */
export function pathOf({ out, plan }: Pick<Options, "out" | "plan">): string {
  const { id, preset, seed, ownData, dataset, variant, name } = plan;
  const row = ownData ? `${id}@${dataset}` : id;
  const own = name ?? (variant && shortened(variant).replaceAll("/", "-"));
  return join(out, own ? `${row}+${own}` : row, preset, `seed-${seed}`);
}

/** Letters of a variant in a folder's name: Windows takes 260 for the whole path of a file. */
const MOST_LETTERS = 100;

/** As much of a variant as a name can hold, and a digest where that is not all. */
function shortened(variant: string): string {
  if (variant.length <= MOST_LETTERS) return variant;
  const digest = hexadecimal(sha256(new TextEncoder().encode(variant))).slice(0, 8);
  const whole = variant.slice(0, MOST_LETTERS - digest.length);
  return `${whole.slice(0, whole.lastIndexOf("+") + 1) || "+"}${digest}`;
}

/** Names of files in a run folder. */
export const CONFIG = "config.json", CONFUSION = "confusion.csv", REPORT_NAME = "report.html";
/** The checkpoints: of the last epoch, and of the best one. */
export const LAST = "last.safetensors", BEST = "best.safetensors";

/** The name of an epoch's file in a run folder. */
export function epochFile(kind: "features" | "predictions", epoch: number): string {
  return `${kind}/epoch-${String(epoch).padStart(3, "0")}.npy`;
}
