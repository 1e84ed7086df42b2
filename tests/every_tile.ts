/**
 * The gradient checks of the matrix product and the convolution, and the whole of the parity files, under every tile
 * that the tuner may choose: `deno task test:tiles`. It compiles many large kernels, so it stands beside `deno task
 * test`, not in it.
 */
import { gpu } from "../src/gpu/device.ts";
import { candidateTables } from "./tune/candidate_tiles.ts";
import { conv2dCases } from "./ops/conv2d.ts";
import { linearCases, matmulCases } from "./ops/matmul.ts";
import "./open_device.ts";
import { testOp } from "./ops/op_case.ts";
import { assertParity, PARITY_FILES } from "./parity/assert_parity.ts";

for (const [name, tiles] of [...candidateTables("software"), ...candidateTables("GPU")]) {
  const under = `with ${name}`;
  for (
    const [op, cases] of Object.entries({
      matmul: matmulCases,
      linear: linearCases,
      conv2d: conv2dCases,
    })
  ) {
    for (const test of cases) testOp(op, { ...test, name: `${test.name}, ${under}`, tiles });
  }
  Deno.test(`parity with PyTorch, ${under}`, async () => {
    const own = gpu().tiles;
    gpu().tiles = tiles();
    try {
      for (const name of PARITY_FILES) await assertParity(name);
    } finally {
      gpu().tiles = own;
    }
  });
}
