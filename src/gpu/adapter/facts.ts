/** What is known of an adapter. */
import { type Backend, backendOf } from "./backend.ts";

/** Facts about an adapter, as `doctor` prints them. */
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
  /** WebGPU limits by name: the adapter's, or of an open device those that it has. */
  limits: Record<string, number>;
}

const SOFTWARE = /llvmpipe|softpipe|swiftshader|warp|basic render/i;

/** Reads the facts off an adapter. */
export async function adapterFacts(adapter: GPUAdapter): Promise<AdapterFacts> {
  const info = adapter.info;
  return {
    description: info.description || info.device,
    vendor: info.vendor,
    architecture: info.architecture,
    backend: await backendOf(adapter),
    software: isSoftware(info),
    features: [...adapter.features].sort(),
    subgroupSize: info.subgroupMinSize === info.subgroupMaxSize ? info.subgroupMinSize : 0,
    limits: limitsOf(adapter.limits),
  };
}

/** The limits of an adapter, or those that a device lends of them, by name. */
export function limitsOf(limits: GPUSupportedLimits): Record<string, number> {
  const found: Record<string, number> = {};
  for (const name in limits) {
    const value = limits[name as keyof GPUSupportedLimits];
    if (typeof value === "number") found[name] = value;
  }
  return found;
}

/** Whether an adapter computes on the CPU. */
export function isSoftware({ isFallbackAdapter, description }: GPUAdapterInfo): boolean {
  return isFallbackAdapter || SOFTWARE.test(description);
}
