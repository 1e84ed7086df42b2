/**
 * Every test that needs the GPU. A process opens one device: it is `open_device.ts` that does, and the modules
 * below register their tests with `Deno.test` and use `gpu()`. A new module of GPU tests is one more line here; its
 * name must not end in `_test.ts`, or it would also run on its own, without a device.
 */
import "./open_device.ts";
import "./tensor_layer.ts";
import "./ops/pytorch.ts";
import "./parity/fixtures.ts";
import "./tensor/recorded_constants.ts";
import "./tensor/recorded_refusals.ts";
import "./tensor/tensor.ts";
import "./tensor/scope.ts";
import "./tensor/tape.ts";
import "./tensor/graph_gone.ts";
import "./tensor/written_since.ts";
import "./ops/refusals.ts";
import "./ops/no_tensors.ts";
import "./ops/passes.ts";
import "./ops/tiles.ts";
import "./ops/many_classes.ts";
import "./losses/refusals.ts";
import "./optim/flat.ts";
import "./optim/parameters.ts";
import "./gpu/device.ts";
import "./gpu/recording.ts";
import "./gpu/residence.ts";
import "./doctor/checks.ts";
import "./dataset/shards.ts";
import "./metrics/history.ts";
import "./evaluate.ts";
import "./checkpoint.ts";
import "./train.ts";
import "./parity/parity.ts";
import "./tune/tuner.ts";
import "./experiments/runner.ts";
import "./experiments/smoke_rows.ts";
import "./experiments/queue.ts";
import "./experiments/safety.ts";
import "./experiments/damage.ts";
import "./experiments/stages.ts";
import "./experiments/own_data.ts";
import "./experiments/predictions.ts";
import "./experiments/eval.ts";
import "./experiments/studies.ts";
import "./experiments/extra_figures.ts";
