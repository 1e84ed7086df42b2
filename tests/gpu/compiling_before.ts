/** Recorded steps as they run where the driver compiles a pipeline when it is made: on GPUs, not on software adapters. */
import { gpu } from "../../src/gpu/device.ts";

/** Does something while kernels of a recorded step are compiled, and waited for, before its first run. */
export async function compilingBefore(act: () => Promise<void>): Promise<void> {
  const { adapter } = gpu(), { software } = adapter;
  adapter.software = false;
  try {
    await act();
  } finally {
    adapter.software = software;
  }
}
