/** The demo, as a newcomer starts it. */
import { assert, assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import { join } from "node:path";
import { parseOptions } from "./parse_options.ts";
import { run } from "../../experiments/runner/runner.ts";
import { gpu } from "../../src/gpu/device.ts";
import { diskTest } from "../on_disk.ts";
import { printed } from "../printed.ts";

/**
 * Of the test digits that end nearest to their own class's center: after the whole demo, and after two of its four epochs.
 * Another adapter trains to other last bits; a guess is right for 0.1.
 */
const LEAST = { whole: 0.9, short: 0.5 };

/** Whether the whole demo takes more than a minute here: by SwiftShader, or by a GPU's tiles on a software adapter. */
function isSlow(): boolean {
  const { adapter, tiles } = gpu();
  const tilesOfGpu = tiles.conv2dForward.share === "workgroup";
  return adapter.software && (tilesOfGpu || /swiftshader/i.test(adapter.description));
}

/** Registers the test of the demo; with `mayBeShort` of half of it where the whole takes long. */
export function testDemo({ mayBeShort = false } = {}): void {
  diskTest("the demo separates ten digits", async (out) => {
    const length = mayBeShort && isSlow() ? "short" : "whole";
    const epochs = length === "short" ? ["--epochs", "2"] : [];
    const options = parseOptions(["cent-digits-2", "--no-tune", ...epochs, "--out", out])!;
    assertEquals((await printed(() => run(options, gpu()))).result, 0);
    const [{ name }] = [...Deno.readDirSync(out)];
    const text = await Deno.readTextFile(join(out, name, "paper/seed-1/metrics.csv"));
    const last = parse(text, { skipFirstRow: true }).at(-1)!;
    const accuracy = Number(last.test_accuracy_by_nearest_center);
    assert(
      accuracy >= LEAST[length],
      `nearest-center accuracy ${accuracy} of the ${length} demo`,
    );
  });
}
