/**
 * Which device the GPU tests open: the adapter's, or by CENTERLAB_TEST_DEVICE what stands for another kind of machine.
 */
import type { GpuOptions } from "../src/gpu/device.ts";
import { GPU_TILES, MODEST_GPU_TILES } from "../src/gpu/tiles/tiles.ts";

const DEVICES: Record<string, GpuOptions> = {
  "default-limits": { limits: "default" },
  "default-limits/gpu": { limits: "default", tiles: GPU_TILES },
  "default-limits/modest-gpu": { limits: "default", tiles: MODEST_GPU_TILES },
};

const variable = "CENTERLAB_TEST_DEVICE";

/**
 * The options of `openGpu()` that the environment asks for; none where nothing is asked for or may be read.
 *
 * @throws {RangeError} For a name that is not in the table.
 */
export async function testDevice(): Promise<GpuOptions> {
  const { state } = await Deno.permissions.query({ name: "env", variable });
  const name = state === "granted" ? Deno.env.get(variable) : undefined;
  if (!name) return {};
  const options = DEVICES[name];
  if (!options) {
    const names = Object.keys(DEVICES).join(", ");
    throw new RangeError(`${variable} is ${name}: it must be one of ${names}`);
  }
  return options;
}
