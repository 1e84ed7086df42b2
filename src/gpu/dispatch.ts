/** What a kernel is launched with. */
import type { Constants, Kernel, Params } from "./kernel.ts";
import type { Storage } from "./pool.ts";

/** A part of a storage: what a kernel's buffer is bound to. */
export interface BufferView {
  storage: Storage;
  /** In bytes; a multiple of the device's storage offset alignment. */
  offset: number;
  bytes: number;
}

/** One dispatch, in the kernel's own names. */
export interface Dispatch {
  kernel: Kernel;
  constants?: Constants;
  params: Params;
  /** `undefined` for what the kernel's constants leave unused. */
  buffers: Record<string, BufferView | undefined>;
  /** Workgroups along x, y, z. */
  groups: readonly [number, number?, number?];
}
