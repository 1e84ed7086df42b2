/** Whole parity files as assertions: what PyTorch wrote, against this program as it stands. */
import { fileURLToPath } from "node:url";
import { assert } from "@std/assert";
import { line } from "./cli.ts";
import { passed } from "./compare.ts";
import { readParityFile } from "./format.ts";
import { compareOp } from "./op_case.ts";
import { compareRun } from "./training_run.ts";

/** Where they are. */
export const FIXTURES = new URL("../fixtures/", import.meta.url);

/** The parity files of `tests/fixtures/`; `fixtures_gpu.ts` tests that none is left out. */
export const PARITY_FILES = [
  "lenetpp-center-caffe.json",
  "lenetpp-center-jx.json",
  "lenetpp-center-kz.json",
  "lenetpp-inter.json",
  "lenetpp-leaky-mx.json",
  "lenetpp-xent.json",
  "losses.json",
  "ops.json",
  "ops_for_losses.json",
  "optimizers.json",
  "resnet-cent.json",
] as const;

/** Fails at the first case of a file that is not within its bar. */
export async function assertParity(name: string): Promise<void> {
  const file = await readParityFile(fileURLToPath(new URL(name, FIXTURES)));
  if (!("cases" in file)) {
    const result = await compareRun(file);
    return assert(passed(result), line(result));
  }
  assert(file.cases.length > 0, `${name} holds no case`);
  for (const test of file.cases) {
    const result = await compareOp(test);
    assert(passed(result), line(result));
  }
}
