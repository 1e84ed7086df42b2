/** Which adapter is asked for. */
import { RunError } from "../../base/errors.ts";
import { isSoftware } from "./facts.ts";
import { noAdapterMessage, noSoftwareMessage } from "./remedy.ts";

/** Which adapter is asked for: a fast one, one that saves power, or one that computes on the CPU. */
export type AdapterChoice = "high-performance" | "low-power" | "software";

/** All choices; the first is the default. */
export const ADAPTER_CHOICES: readonly AdapterChoice[] = [
  "high-performance",
  "low-power",
  "software",
];

/**
 * Asks WebGPU for an adapter. A power preference is a wish: where there is one adapter, every choice but "software"
 * gives it.
 *
 * @throws {RunError} When there is none, or none that computes on the CPU where that was asked for.
 */
export async function requestAdapter(choice: AdapterChoice): Promise<GPUAdapter> {
  const adapter = await navigator.gpu?.requestAdapter(
    choice === "software" ? { forceFallbackAdapter: true } : { powerPreference: choice },
  );
  if (choice === "software" && !(adapter && isSoftware(adapter.info))) {
    throw new RunError(noSoftwareMessage());
  }
  if (!adapter) throw new RunError(noAdapterMessage());
  return adapter;
}
