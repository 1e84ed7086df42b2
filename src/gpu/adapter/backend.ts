/** Which graphics interface an adapter answers through: WebGPU's adapter info does not name it. */

/** The interface under WebGPU; "unknown" where the runtime is not Deno's. */
export type Backend = "vulkan" | "metal" | "d3d12" | "opengl" | "unknown";

/** The backends' names, for readers. */
export const BACKEND_NAMES: Record<Backend, string> = {
  vulkan: "Vulkan",
  metal: "Metal",
  d3d12: "Direct3D 12",
  opengl: "OpenGL",
  unknown: "a backend that cannot be told",
};

/** All backends. */
export const BACKENDS = Object.keys(BACKEND_NAMES) as Backend[];

/**
 * The backend of an adapter, by features that wgpu (under Deno's WebGPU) gives every adapter of some backends and none
 * of the others, whatever the hardware. Read in `wgpu-hal/src/{vulkan,metal,dx12,gles}/adapter.rs` of wgpu 29:
 *
 * | feature                       | Vulkan | Metal | Direct3D 12 | OpenGL |
 * | ----------------------------- | ------ | ----- | ----------- | ------ |
 * | wgpu-pipeline-cache           | yes    | no    | no          | no     |
 * | wgpu-mappable-primary-buffers | yes    | yes   | yes         | no     |
 * | wgpu-clear-texture            | yes    | yes   | yes         | yes    |
 *
 * A runtime that does not know the third one is not wgpu (a browser): "unknown". Metal and Direct3D 12 are told apart
 * by the operating system, which has only one of them.
 */
export async function backendOf(
  adapter: GPUAdapter,
  os: string | undefined = globalThis.Deno?.build.os,
): Promise<Backend> {
  if (await offers(adapter, "wgpu-pipeline-cache")) return "vulkan";
  if (!await offers(adapter, "wgpu-clear-texture")) return "unknown";
  if (!await offers(adapter, "wgpu-mappable-primary-buffers")) return "opengl";
  return os === "darwin" ? "metal" : os === "windows" ? "d3d12" : "unknown";
}

/**
 * Whether an adapter offers a feature that it does not list. No device is opened: the request asks for a limit that no
 * adapter has, and WebGPU checks features (TypeError) before limits (OperationError).
 */
async function offers(adapter: GPUAdapter, feature: string): Promise<boolean> {
  try {
    const device = await adapter.requestDevice({
      requiredFeatures: [feature as GPUFeatureName],
      requiredLimits: { maxBindGroups: 2 ** 31 },
    });
    device.destroy();
    return true;
  } catch (error) {
    return (error as Error).name === "OperationError";
  }
}
