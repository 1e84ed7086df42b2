/** Counting on the GPU: a replayed step counts, too. */
import source from "../../kernels/advance.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { launch } from "./launch.ts";

const kernel = new Kernel("advance", source);

/** Adds 1 to a counter, `[1]` and `i32`. */
export function countUp(counter: Tensor): void {
  launch(kernel, {
    constants: { LIMITED: false },
    params: { by: [1], size: 1, limit: 0, kind: 0 },
    tensors: { counter, fault: undefined },
    groups: [1],
  });
}
