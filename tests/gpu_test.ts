/**
 * Every test that needs the GPU. A process opens one device: it is `open_device.ts` that does, and the modules
 * below register their tests with `Deno.test` and use `gpu()`. A new module of GPU tests is one more line here; its
 * name ends in `_gpu.ts`: with `_test.ts` it would also run on its own, without a device.
 */
import "./open_device.ts";
import "./tensor_layer.ts";
import "./parity/fixtures_gpu.ts";
import "./tensor/recorded_constants_gpu.ts";
import "./tensor/recorded_refusals_gpu.ts";
import "./tensor/tensor_gpu.ts";
import "./tensor/scope_gpu.ts";
import "./tensor/tape_gpu.ts";
import "./tensor/graph_gone_gpu.ts";
import "./tensor/written_since_gpu.ts";
import "./ops/refusals_gpu.ts";
import "./ops/no_tensors_gpu.ts";
import "./ops/passes_gpu.ts";
import "./ops/tiles_gpu.ts";
import "./ops/many_classes_gpu.ts";
import "./losses/refusals_gpu.ts";
import "./optim/flat_gpu.ts";
import "./optim/parameters_gpu.ts";
import "./gpu/adapter/adapter_gpu.ts";
import "./gpu/device_gpu.ts";
import "./gpu/record/recording_gpu.ts";
import "./gpu/residence_gpu.ts";
import "./experiments/doctor/checks_gpu.ts";
import "./dataset/shards_gpu.ts";
import "./model/variants_gpu.ts";
import "./model/four_convs_gpu.ts";
import "./train/history_gpu.ts";
import "./train/evaluate_gpu.ts";
import "./train/checkpoint_gpu.ts";
import "./train/trainer_gpu.ts";
import "./train/stepping_gpu.ts";
import "./parity/parity_gpu.ts";
import "./tune/tuner_gpu.ts";
import "./bench/bench_gpu.ts";
import "./experiments/runner/runner_gpu.ts";
import "./experiments/rows/smoke_rows_gpu.ts";
import "./experiments/compare/grid_gpu.ts";
import "./experiments/runner/queue_gpu.ts";
import "./experiments/runner/safety_gpu.ts";
import "./experiments/runner/damage_gpu.ts";
import "./experiments/runner/stages_gpu.ts";
import "./experiments/runner/from_gpu.ts";
import "./experiments/runner/grow_gpu.ts";
import "./experiments/runner/eval_every_gpu.ts";
import "./experiments/runner/events_gpu.ts";
import "./experiments/runner/own_data_gpu.ts";
import "./experiments/runner/predictions_gpu.ts";
import "./experiments/eval_gpu.ts";
import "./experiments/predict_gpu.ts";
import "./cli/wrong_usages_gpu.ts";
import "./experiments/own_row_gpu.ts";
import "./experiments/studies/studies_gpu.ts";
import "./experiments/draw/extra_figures_gpu.ts";
