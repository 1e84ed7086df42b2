/** The demo, as a newcomer starts it. */
import { assert, assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import { join } from "node:path";
import { parseOptions } from "../../experiments/flags/exp.ts";
import { run } from "../../experiments/runner/runner.ts";
import { gpu } from "../../src/gpu/device.ts";
import { granted } from "../permissions.ts";
import { printed } from "../printed.ts";

/** Of the test digits that end nearest to their own class's center. Another adapter trains to other last bits. */
const LEAST = 0.9;

Deno.test(`demo ends at ${LEAST} by nearest center`, async () => {
  if (!await granted("read", "write")) return;
  const out = await Deno.makeTempDir({ prefix: "centerlab-" });
  try {
    const options = parseOptions(["cent-digits-2", "--no-tune", "--out", out])!;
    assertEquals((await printed(() => run(options, gpu()))).result, 0);
    const text = await Deno.readTextFile(join(out, "cent-digits-2/paper/seed-1/metrics.csv"));
    const last = parse(text, { skipFirstRow: true }).at(-1)!;
    const accuracy = Number(last.test_accuracy_by_nearest_center);
    assert(accuracy >= LEAST, `nearest-center accuracy ${accuracy}`);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});
