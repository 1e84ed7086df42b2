/**
 * What must hold on every adapter, whatever its compiler makes of a NaN and however few its limits are: the gradient
 * checks, the losses and optimizers, NaN and ranges, parity with PyTorch, and the demo, of which half is run where it takes
 * more than a minute. `deno task test:adapters --gate` runs it on one adapter after the other; `tests/gpu_test.ts` holds all
 * of it but the demo, and all other GPU tests.
 */
import "./open_device.ts";
import "./tensor_layer.ts";
import "./parity/fixtures_gpu.ts";
import { testDemo } from "./experiments/demo_gpu.ts";

testDemo({ mayBeShort: true });
