/** What a kernel is launched with. */
import type { Constants, Kernel, Params } from "./kernel.ts";
import type { Storage } from "./storage.ts";

/** A part of a storage: what a kernel's buffer is bound to. */
export interface BufferView {
  storage: Storage;
  /** In bytes; a multiple of the device's storage offset alignment. */
  offset: number;
  bytes: number;
}

/** What a dispatch has to do whatever the kernel: submits are cut by it, and profiles give rates by it. */
export interface Cost {
  /** Floating-point operations, a multiply-add counted as two; 0 where that says nothing. */
  flops: number;
  /** Bytes read and written; where the op does not say, of all that is bound, each view once. */
  bytes: number;
}

/** The cost of a dispatch: what its op says of it, and for the bytes what its views hold. */
export function costOf(buffers: Dispatch["buffers"], given: Partial<Cost> = {}): Cost {
  const views = Object.values(buffers).filter((view) => view !== undefined);
  const once = views.filter((a, i) =>
    views.findIndex((b) => a.storage === b.storage && a.offset === b.offset) === i
  );
  return { flops: 0, bytes: once.reduce((sum, view) => sum + view.bytes, 0), ...given };
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
  /** Where the op knows it. */
  cost?: Partial<Cost>;
}
