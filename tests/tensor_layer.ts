/**
 * What must hold wherever the tensor layer runs, a page in a browser included: the gradient checks, the losses and
 * optimizers, batches of images, NaN and ranges. The modules below read no files and use nothing of Deno's but
 * `Deno.test`. `tests/on_every_adapter.ts` runs them in Deno, `tests/tint/page.ts` in Chromium.
 */
import "./ops/table.ts";
import "./ops/values.ts";
import "./ops/special_values.ts";
import "./ops/nan.ts";
import "./ops/cast.ts";
import "./ops/dtypes.ts";
import "./ops/nothing.ts";
import "./gpu/numbers.ts";
import "./losses/cross_entropy.ts";
import "./losses/center_loss.ts";
import "./losses/center_repulsion.ts";
import "./losses/center_softmax.ts";
import "./losses/inter_class_separation.ts";
import "./losses/standalone.ts";
import "./losses/labels.ts";
import "./ops/philox.ts";
import "./optim/sgd.ts";
import "./optim/adam.ts";
import "./dataset/image_batches.ts";
import "./dataset/augmentation.ts";
import "./model/plain_layers.ts";
import "./metrics/classification.ts";
import "./metrics/certainty.ts";
import "./metrics/knn.ts";
