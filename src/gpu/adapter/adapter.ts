/** Which adapter is asked for. */
import { described } from "../../base/choice.ts";
import { RunError } from "../../base/errors.ts";
import { isSoftware } from "./facts.ts";
import { noAdapterMessage, noSoftwareMessage, noWebGpuMessage } from "./remedy.ts";
import { gpuOfRuntime } from "./source.ts";

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
 * @param from Where it comes from. Default: the runtime's own.
 * @throws {TypeError} When `from` gives no adapters.
 * @throws {RunError} When there is none, or none that computes on the CPU where that was asked for.
 */
export async function requestAdapter(
  choice: AdapterChoice,
  from?: GPU,
): Promise<GPUAdapter> {
  from ??= await gpuOfRuntime();
  if (!from) throw new RunError(noWebGpuMessage());
  if (typeof from.requestAdapter !== "function") {
    throw new TypeError(
      `Cannot open the GPU with gpu ${
        described(from)
      }: it must be a GPU object, as \`navigator.gpu\` is`,
    );
  }
  const adapter = await from.requestAdapter(
    choice === "software" ? { forceFallbackAdapter: true } : { powerPreference: choice },
  );
  if (choice === "software" && !(adapter && isSoftware(adapter.info))) {
    throw new RunError(noSoftwareMessage());
  }
  if (!adapter) throw new RunError(noAdapterMessage());
  return adapter;
}
