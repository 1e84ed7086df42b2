/** The one device of a process: opening it, and finding it again. */
import { checkChoice, onlyOptions } from "../base/choice.ts";
import { ADAPTER_CHOICES, type AdapterChoice, requestAdapter } from "./adapter/adapter.ts";
import { type AdapterFacts, adapterFacts, limitsOf } from "./adapter/facts.ts";
import { Gpu } from "./gpu.ts";
import { misfitAmong } from "./tiles/misfit.ts";
import { parseTable } from "./tiles/parse_tile.ts";
import { SUBMIT_MS, SubmitBudget } from "./submit_budget.ts";
import { defaultTiles, type Tiles } from "./tiles/tiles.ts";

/** Options of {@linkcode openGpu}. */
export interface GpuOptions {
  /** Tile shapes. Default: the table for the kind of adapter. */
  tiles?: Tiles;
  /**
   * How long the GPU may work on one submit, in milliseconds, as far as that is known before. 20 keeps a screen alive
   * that hangs on the same GPU. Results do not depend on it. Default: 100.
   */
  submitMs?: number;
  /** Which adapter is asked for. Default: "high-performance". */
  adapter?: AdapterChoice;
  /**
   * What the device lends: all that the adapter has (the default), or what WebGPU promises on every adapter, and no
   * optional feature. The second shows how a program would fare elsewhere.
   */
  limits?: "adapter" | "default";
  /**
   * Where adapters come from. Default: `navigator.gpu`; in Node and Bun, which have none, npm's `webgpu` (Dawn) as far as it is
   * installed beside npm's centerlab. Its `create([])` makes one to give here, too.
   */
  gpu?: GPU;
}

/** The options' defaults. */
const DEFAULTS = { adapter: "high-performance", limits: "adapter", submitMs: SUBMIT_MS } as const;

let open: Gpu | undefined;
let opening: Promise<Gpu> | undefined;

/**
 * Opens the GPU, with the adapter's own limits unless told otherwise. A process has one device: while it is open, every
 * call returns it, the same object, unless it was lost, and it closes with its last user.
 *
 * A user is a call, and ends its use once: by `using`, or by one `close()` where `using` does not fit. `using` calls
 * `close()`, so both together end two uses, the second of them somebody else's, and so does a second `close()`.
 *
 * @throws {RunError} When WebGPU has no adapter; the message says what to install on this system.
 * @throws {RangeError} When a submit is to take no time, or the adapter or the limits are none of the choices.
 * @throws {TypeError} When it is open with other options than these, the tiles are none, or `gpu` is no source of adapters.
 *
 * @example A helper with a GPU of its own, and a program that goes on with it
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, sum, tensor } from "../../mod.ts";
 *
 * async function total(values: number[]): Promise<number> {
 *   using _gpu = await openGpu();
 *   return await sum(tensor(values)).item();
 * }
 *
 * using gpu = await openGpu();
 * assertEquals(await total([1, 2]), 3);
 * assertEquals(gpu.closed, false);
 * ```
 */
export async function openGpu(options: GpuOptions = {}): Promise<Gpu> {
  onlyOptions("open the GPU", options, ["tiles", "submitMs", "adapter", "limits", "gpu"]);
  if (!open || open.closed || open.lost) {
    const others = opening;
    opening ??= openAnew(options).finally(() => opening = undefined);
    try {
      open = await opening;
    } catch (error) {
      if (!others) throw error;
      return await openGpu(options); // somebody else's options failed; one's own may not
    }
  }
  checkOptions(open, options);
  return open.join();
}

/** What the open device was opened with. */
let opened: Required<Omit<GpuOptions, "tiles" | "gpu">> & Pick<GpuOptions, "gpu"> = DEFAULTS;

/** Refuses options that the open device does not have. */
function checkOptions(open: Gpu, { tiles, ...options }: GpuOptions): void {
  for (const name of ["adapter", "limits", "submitMs"] as const) {
    const wanted = options[name] ?? opened[name];
    if (wanted === opened[name]) continue;
    throw new TypeError(
      `Cannot open the GPU with ${name} ${wanted}: it is open with ${
        opened[name]
      }; close() it first`,
    );
  }
  if (options.gpu && options.gpu !== opened.gpu) {
    throw new TypeError(
      "Cannot open the GPU with this `gpu`: it is open with another; close() it first",
    );
  }
  if (!tiles || JSON.stringify(tiles) === JSON.stringify(open.tiles)) return;
  throw new TypeError(
    "Cannot open the GPU with these tiles: it is open with others; close() it first, or set its `tiles`",
  );
}

/** Refuses tiles that kernels cannot be cut by. */
function checkedTiles(tiles: Tiles): Tiles {
  try {
    return parseTable(tiles);
  } catch (error) {
    throw new TypeError(`Cannot open the GPU with these tiles: ${(error as Error).message}`);
  }
}

async function openAnew(options: GpuOptions): Promise<Gpu> {
  const {
    adapter: choice = DEFAULTS.adapter,
    limits = DEFAULTS.limits,
    submitMs = DEFAULTS.submitMs,
  } = options;
  const act = "open the GPU";
  checkChoice(act, "adapter", choice, ADAPTER_CHOICES);
  checkChoice(act, "limits", limits, ["adapter", "default"]);
  const tiles = options.tiles && checkedTiles(options.tiles);
  const budget = new SubmitBudget(submitMs);
  const adapter = await requestAdapter(choice, options.gpu);
  const facts = await adapterFacts(adapter);
  const { device, subgroups } = limits === "default"
    ? { device: await adapter.requestDevice(), subgroups: false }
    : await requestDevice(adapter, facts);
  facts.limits = limitsOf(device.limits);
  if (!subgroups) facts.subgroupSize = 0;
  const why = tiles && misfitAmong(tiles, facts);
  if (why) {
    device.destroy();
    throw new TypeError(`Cannot open the GPU with these tiles: ${why}`);
  }
  opened = { adapter: choice, limits, submitMs, gpu: options.gpu };
  return new Gpu(device, facts, tiles ?? defaultTiles(facts), budget);
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
 * The open device, without another use of it: it is closed by whoever opened it.
 *
 * @throws {TypeError} When none is open: {@linkcode openGpu} has not been awaited yet, or the last user has closed it.
 *
 * @example
 * ```ts
 * import { assertStrictEquals, assertThrows } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { gpu, openGpu } from "../../mod.ts";
 *
 * {
 *   using opened = await openGpu();
 *   assertStrictEquals(gpu(), opened);
 * }
 * assertThrows(gpu, TypeError, "No GPU is open");
 * ```
 */
export function gpu(): Gpu {
  if (!open || open.closed) throw new TypeError("No GPU is open: call `await openGpu()` first");
  return open;
}
