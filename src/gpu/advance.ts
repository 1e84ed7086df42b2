/** The kernel that counts: step numbers, the place in the epoch, submits. */
import source from "../../kernels/advance.wgsl" with { type: "text" };
import { Kernel } from "./kernel.ts";

/** Adds to counters on the GPU. */
export const advance = new Kernel("advance", source);
