/**
 * What must hold wherever the tensor layer runs, a page in a browser included: the gradient checks, the losses and
 * optimizers, batches of images, NaN and ranges. The modules below read no files and use nothing of Deno's but
 * `Deno.test`. `tests/on_every_adapter.ts` runs them in Deno, `tests/tint/page.ts` in Chromium.
 */
import "./ops/table_gpu.ts";
import "./ops/values_gpu.ts";
import "./ops/special_values_gpu.ts";
import "./ops/nan_gpu.ts";
import "./ops/cast_gpu.ts";
import "./ops/dtypes_gpu.ts";
import "./ops/nothing_gpu.ts";
import "./gpu/wgsl/numbers_gpu.ts";
import "./losses/cross_entropy_gpu.ts";
import "./losses/center_loss_gpu.ts";
import "./losses/center_repulsion_gpu.ts";
import "./losses/center_softmax_gpu.ts";
import "./losses/inter_class_separation_gpu.ts";
import "./losses/standalone_gpu.ts";
import "./losses/angular_margin_gpu.ts";
import "./losses/relatives_gpu.ts";
import "./losses/relatives_edges_gpu.ts";
import "./losses/labels_gpu.ts";
import "./ops/philox_gpu.ts";
import "./optim/sgd_gpu.ts";
import "./optim/adam_gpu.ts";
import "./dataset/image_batches_gpu.ts";
import "./dataset/augmentation_gpu.ts";
import "./model/plain_layers_gpu.ts";
import "./metrics/classification_gpu.ts";
import "./metrics/certainty_gpu.ts";
import "./metrics/knn_gpu.ts";
import "./metrics/pairwise_gpu.ts";
