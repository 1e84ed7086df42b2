/** How kernels are written for a device: what its compiler wants, and what it must not see. */
import type { AdapterFacts } from "./adapter.ts";

/** What differs. Without a field the text is as the file has it. */
export interface Dialect {
  /** Whether parameters are to be numbers that no compiler sees through (`opaque_params.ts`). */
  opaque?: boolean;
  /** Storage textures that a kernel may bind; any number without it. */
  mostTextures?: number;
  /** Whether kernels with subgroups must begin with `enable subgroups;`. */
  enable?: boolean;
}

const PROBE = "enable subgroups; @compute @workgroup_size(1) fn main() {}";

/**
 * The dialect of a device.
 *
 * @param subgroups Whether the device has them.
 */
export async function dialectOf(
  device: GPUDevice,
  { backend, description }: Pick<AdapterFacts, "backend" | "description">,
  subgroups: boolean,
): Promise<Dialect> {
  return {
    // Lavapipe alone compiles anew for the values of parameters; others check that barriers are uniform, which disguised
    // parameters are not.
    opaque: backend === "vulkan" && /llvmpipe/i.test(description),
    mostTextures: device.limits.maxStorageTexturesPerShaderStage,
    // Browsers want the line; Deno grants subgroups and refuses it.
    enable: subgroups && await compiles(device, PROBE),
  };
}

async function compiles(device: GPUDevice, code: string): Promise<boolean> {
  device.pushErrorScope("validation");
  const { messages } = await device.createShaderModule({ code }).getCompilationInfo();
  const error = await device.popErrorScope();
  return !error && messages.every(({ type }) => type !== "error");
}
