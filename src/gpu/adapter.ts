/** What is known of the adapter, and what to do on a system that has none. */
import { type Backend, backendOf } from "./backend.ts";

/** Facts about an adapter, as `doctor` prints them and `config.json` keeps them. */
export interface AdapterFacts {
  /** The adapter's name, as the driver gives it. */
  description: string;
  /** The maker, or its PCI number. */
  vendor: string;
  /** The family of chips, where the driver tells. */
  architecture: string;
  /** The graphics interface under WebGPU. */
  backend: Backend;
  /** True for adapters that compute on the CPU (llvmpipe, SwiftShader, WARP). */
  software: boolean;
  /** WebGPU features, sorted. */
  features: string[];
  /** Lanes of a subgroup, where that is one fixed number; 0 elsewhere. */
  subgroupSize: number;
  /** WebGPU limits by name. */
  limits: Record<string, number>;
}

const SOFTWARE = /llvmpipe|softpipe|swiftshader|warp|basic render/i;

/** Reads the facts off an adapter. */
export async function adapterFacts(adapter: GPUAdapter): Promise<AdapterFacts> {
  const info = adapter.info;
  const limits: Record<string, number> = {};
  for (const name in adapter.limits) {
    const value = adapter.limits[name as keyof GPUSupportedLimits];
    if (typeof value === "number") limits[name] = value;
  }
  return {
    description: info.description || info.device,
    vendor: info.vendor,
    architecture: info.architecture,
    backend: await backendOf(adapter),
    software: info.isFallbackAdapter || SOFTWARE.test(info.description),
    features: [...adapter.features].sort(),
    subgroupSize: info.subgroupMinSize === info.subgroupMaxSize ? info.subgroupMinSize : 0,
    limits,
  };
}

/** One line: no adapter, and the fix for this system. */
export function noAdapterMessage(os: string = Deno.build.os): string {
  const fix = os === "linux"
    ? "install a Vulkan driver for your GPU, or the software adapter: `apt-get install -y mesa-vulkan-drivers` " +
      "(Debian, Ubuntu), `dnf install mesa-vulkan-drivers` (Fedora), `pacman -S vulkan-swrast` (Arch)"
    : os === "darwin"
    ? "WebGPU needs Metal, so macOS 11 or newer on hardware that supports it (not every virtual machine does)"
    : "update the graphics driver to one with Direct3D 12 or Vulkan";
  return `WebGPU finds no adapter on this system: ${fix}`;
}
