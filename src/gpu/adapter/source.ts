/** Where WebGPU itself comes from. */
import { RunError } from "../../base/errors.ts";

let provided: (() => Promise<GPU>) | undefined, made: Promise<GPU> | undefined;

/** Says what makes a `GPU` in a runtime that has no `navigator.gpu`; it is asked when the first adapter is. */
export function provideGpu(make: () => Promise<GPU>): void {
  [provided, made] = [make, undefined];
}

/**
 * The runtime's own `navigator.gpu`, or what was provided in its place, made once and kept.
 *
 * @returns Undefined where there is neither, or the package that makes it is not installed.
 * @throws {RunError} When that package does not load.
 */
export async function gpuOfRuntime(): Promise<GPU | undefined> {
  const own = globalThis.navigator?.gpu;
  if (own || !provided) return own;
  try {
    return await (made ??= provided());
  } catch (error) {
    made = undefined;
    const { code, message } = error as Error & { code?: string };
    if (/MODULE_NOT_FOUND/.test(code ?? "")) return undefined;
    throw new RunError(
      `Cannot open the GPU: the package that makes one does not load (${message})`,
    );
  }
}
