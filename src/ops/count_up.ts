/** Counting on the GPU: a replayed step counts, too. */
import { advance } from "../gpu/advance.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { launch } from "./launch.ts";

/** Adds 1 to a counter, `[1]` and `i32`. */
export function countUp(counter: Tensor): void {
  launch(advance, {
    constants: { LIMITED: false },
    params: { by: [1], size: 1, limit: 0, kind: 0 },
    tensors: { counter, fault: undefined },
    groups: [1],
  });
}
