/** The command that repeats a map's run outside of the page. */
import { LOSSES } from "../../src/losses/table.ts";
import type { MapSettings } from "./losses.ts";
import { recipeOf, type Settings } from "./settings.ts";

/**
 * Lines for a shell: a row of one's own, and the command that trains it. A row of drawn digits is trained on the very same
 * images; of dropped files it names a folder to fill in.
 */
export function commandOf(settings: Settings, map: MapSettings, epochs: number): string {
  const { seed, ...recipe } = recipeOf(settings, map);
  const { kind } = map;
  const scoring = LOSSES[kind].evaluation === "nearest-center" ? "nearest-center" : "logit";
  const row = {
    ...{ summary: `${kind}, from the lab`, dataset: "digits", recipe },
    ...{ schedule: { kind: "constant" }, epochs, lastEpochFactor: 1 },
    ...{ trainSize: Number(settings.shared.images), testSize: TEST_IMAGES, scoring, seed },
  };
  const file = `lab_${kind.replaceAll("-", "_")}.ts`;
  const drawn = settings.shared.data === "digits";
  const data = drawn ? "" : " --data folder:PATH/TO/YOUR/IMAGES";
  const smaller = drawn && settings.shared.side !== 28;
  return [
    ...(smaller ? ["# The page drew smaller digits: this trains on those of 28 pixels."] : []),
    `cat > ${file} << 'END'`,
    `import type { OwnRow } from "centerlab/row";`,
    `export default ${JSON.stringify(row, null, 2)} satisfies OwnRow;`,
    "END",
    `deno task exp ${file}${data}`,
  ].join("\n");
}

/** Images that no step sees. */
export const TEST_IMAGES = 200;
