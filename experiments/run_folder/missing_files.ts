/** Files that a resume finds missing, and that no number depends on. */
import { join } from "../../src/base/path.ts";
import { isThere } from "../../src/base/files.ts";
import type { Plan } from "../plan/plan.ts";
import type { RunState } from "./checkpoint.ts";
import { keepsPredictions } from "./epoch_samples.ts";
import { BEST, CONFUSION, epochFile } from "./path.ts";

/** The epochs, up to one, of which the file is gone. */
export async function epochsWithout(
  kind: Parameters<typeof epochFile>[0],
  path: string,
  epoch: number,
): Promise<number[]> {
  const gone: number[] = [];
  for (let it = 1; it <= epoch; it++) {
    if (!await isThere(join(path, epochFile(kind, it)))) gone.push(it);
  }
  return gone;
}

/** A sentence for each file or folder that lacks something. */
export async function missingFiles(
  path: string,
  { epoch, best }: RunState,
  plan: Plan,
): Promise<string[]> {
  const isGone = async (name: string) => !await isThere(join(path, name));
  const sentences: string[] = [];
  for (const kind of ["features", "predictions"] as const) {
    if (kind === "predictions" && !keepsPredictions(plan)) continue;
    const gone = await epochsWithout(kind, path, epoch);
    if (gone.length === 0) continue;
    sentences.push(
      `${join(path, kind)} lacks epoch ${
        gone.join(", ")
      }: numbers are not touched by that, but figures over all epochs are left out`,
    );
  }
  if (epoch > 0 && epoch === plan.epochs && await isGone(CONFUSION)) {
    sentences.push(`${join(path, CONFUSION)} is not there: only --overwrite makes it again`);
  }
  if (best.epoch > 0 && await isGone(BEST)) {
    sentences.push(
      `${join(path, BEST)} is not there: until an epoch is better, eval needs --checkpoint last`,
    );
  }
  return sentences;
}
