/**
 * What must hold on every adapter, whatever its compiler makes of a NaN and however few its limits are: the gradient
 * checks, the losses and optimizers, NaN and ranges, parity with PyTorch, and the demo. `deno task test:adapters --gate`
 * runs it on one adapter after the other; `tests/gpu_test.ts` holds these tests and all others.
 */
import "./open_device.ts";
import "./ops/table.ts";
import "./ops/values.ts";
import "./ops/cast.ts";
import "./gpu/numbers.ts";
import "./losses/cross_entropy.ts";
import "./losses/center_loss.ts";
import "./losses/center_repulsion.ts";
import "./losses/center_softmax.ts";
import "./losses/inter_class_separation.ts";
import "./losses/standalone.ts";
import "./ops/philox.ts";
import "./ops/pytorch.ts";
import "./optim/sgd.ts";
import "./optim/adam.ts";
import "./dataset/image_batches.ts";
import "./dataset/augmentation.ts";
import "./metrics/classification.ts";
import "./metrics/certainty.ts";
import "./metrics/knn.ts";
import "./parity/fixtures.ts";
import "./experiments/demo.ts";
