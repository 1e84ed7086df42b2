/** What a step's commands are parts of, and what threads ran. */
import { assertEquals } from "@std/assert";
import { phasesOf } from "../../bench/phases/phase_of.ts";
import { spentBetween } from "../../bench/phases/thread_times.ts";

Deno.test("phasesOf() gives transforms to their products, and sums to what they add up", () => {
  const step: [kernel: string, phase: string][] = [
    ["(copy)", "everything else"],
    ["winograd_rows", "convolution, forward"],
    ["winograd_weight", "convolution, forward"],
    ["conv2d_winograd", "convolution, forward"],
    ["batch_norm_stats", "batch norm"],
    ["max_pool", "pooling and its gradient"],
    ["reduce", "everything else"],
    ["softmax_cross_entropy", "everything else"],
    ["reduce", "everything else"],
    ["softmax_cross_entropy", "everything else"],
    ["matmul", "everything else"],
    ["prelu_grad", "PReLU and its gradient"],
    ["reduce", "PReLU and its gradient"],
    ["winograd_rows", "its input gradient"],
    ["conv2d_winograd", "its input gradient"],
    ["winograd_rows", "its weight gradient"],
    ["conv2d_winograd_weight_grad", "its weight gradient"],
    ["winograd_weight_grad", "its weight gradient"],
    ["reduce", "its weight gradient"],
    ["reduce", "its weight gradient"],
    ["conv2d_input_grad_subgroup", "its input gradient"],
    ["sgd", "SGD"],
  ];
  assertEquals(phasesOf(step.map(([kernel]) => kernel)), step.map(([, phase]) => phase));
});

Deno.test("spentBetween() takes the threads that ran most for the workers", () => {
  const before = new Map([["1", 10], ["2", 5], ["3", 100]]);
  const after = new Map([["1", 12], ["2", 45], ["3", 101], ["4", 38]]);
  assertEquals(spentBetween(before, after, 2), { workers: 78, busiest: 40, rest: 3 });
});
