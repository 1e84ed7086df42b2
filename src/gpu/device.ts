/** The one device of a process: opening it, and finding it again. */
import {
  type AdapterChoice,
  type AdapterFacts,
  adapterFacts,
  limitsOf,
  requestAdapter,
} from "./adapter.ts";
import { Gpu } from "./gpu.ts";
import { SubmitBudget } from "./submit_budget.ts";
import { defaultTiles, type Tiles } from "./tiles.ts";

export { Gpu };
export type { BufferView, Dispatch } from "./dispatch.ts";

/** Options of {@linkcode openGpu}. */
export interface GpuOptions {
  /** Tile shapes; without them the table for the kind of adapter. */
  tiles?: Tiles;
  /**
   * How long the GPU may work on one submit, in milliseconds, as far as that is known before: 100 without it. 20 keeps a
   * screen alive that hangs on the same GPU. Results do not depend on it.
   */
  submitMs?: number;
  /** Which adapter is asked for; "high-performance" without it. */
  adapter?: AdapterChoice;
  /**
   * What the device lends: all that the adapter has (the default), or what WebGPU promises on every adapter, and no
   * optional feature. The second shows how a program would fare elsewhere.
   */
  limits?: "adapter" | "default";
}

let open: Gpu | undefined;
let opening: Promise<Gpu> | undefined;

/**
 * Opens the GPU, with the adapter's own limits unless told otherwise. A process has one device: while it is open, every
 * call returns it. One that was lost is not returned again.
 *
 * @throws {RunError} When WebGPU has no adapter; the message says what to install on this system.
 * @throws {RangeError} When a submit is to take no time.
 */
export async function openGpu(options: GpuOptions = {}): Promise<Gpu> {
  if (open && !open.closed && !open.lost) return open;
  opening ??= openAnew(options).finally(() => opening = undefined);
  return open = await opening;
}

async function openAnew(options: GpuOptions): Promise<Gpu> {
  const budget = new SubmitBudget(options.submitMs);
  const adapter = await requestAdapter(options.adapter ?? "high-performance");
  const facts = await adapterFacts(adapter);
  const { device, subgroups } = options.limits === "default"
    ? { device: await adapter.requestDevice(), subgroups: false }
    : await requestDevice(adapter, facts);
  facts.limits = limitsOf(device.limits);
  if (!subgroups) facts.subgroupSize = 0;
  return new Gpu(device, facts, options.tiles ?? defaultTiles(facts), budget);
}

/** The device with the adapter's limits. Subgroups are asked for unlisted: Deno grants them, browsers say so. */
async function requestDevice(adapter: GPUAdapter, { limits, features }: AdapterFacts) {
  const wanted = features.filter((f) => f === "timestamp-query") as GPUFeatureName[];
  const subgroups = "subgroups" as GPUFeatureName;
  try {
    const requiredFeatures = [...wanted, subgroups];
    const device = await adapter.requestDevice({ requiredLimits: limits, requiredFeatures });
    return { device, subgroups: true };
  } catch {
    const device = await adapter.requestDevice({
      requiredLimits: limits,
      requiredFeatures: wanted,
    });
    return { device, subgroups: false };
  }
}

/**
 * The open device.
 *
 * @throws {TypeError} When {@linkcode openGpu} has not been awaited yet.
 */
export function gpu(): Gpu {
  if (!open || open.closed) throw new TypeError("No GPU is open: call `await openGpu()` first");
  return open;
}
