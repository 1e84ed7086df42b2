// deno-lint-ignore-file no-console
/** The losses of a map's first steps, by the library's own trainer in Deno: `losses.ts ADDRESS STEPS` prints them as JSON. */
import { fromAddress } from "../../lab/settings/address.ts";
import { recipeOf } from "../../lab/settings/settings.ts";
import { imagesOf } from "../../lab/worker/images.ts";
import { openGpu } from "../../src/gpu/device.ts";
import { Trainer } from "../../src/train/trainer.ts";

const [address, steps] = Deno.args, { settings } = fromAddress(address);
using device = await openGpu();
const { train, test } = imagesOf(settings.shared, undefined);
using trainer = new Trainer(recipeOf(settings, settings.maps[0]), train, test);
await trainer.step(Number(steps));
const { steps: made } = await trainer.report();
console.log(JSON.stringify({
  adapter: device.adapter.description || device.adapter.architecture,
  losses: made.map(({ loss }) => loss),
}));
