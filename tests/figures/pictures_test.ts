/**
 * Every figure is the picture that was accepted, byte by byte. Where one is not, what was drawn lies
 * beside it, its name ending in `-changed`. Look at it; if it is right, `deno task figures:accept`
 * makes it the accepted one.
 *
 * @module
 */
import { assert, assertEquals, equal } from "@std/assert";
import { GifWriter } from "../../src/figures/paint/gif.ts";
import { encodePng } from "../../src/figures/paint/png.ts";
import { granted } from "../permissions.ts";
import { charts } from "./scenes/charts.ts";
import { animations, maps } from "./scenes/maps.ts";
import { parts } from "./scenes/parts.ts";

const folder = new URL("pictures/", import.meta.url);

const pictures = new Map<string, () => Uint8Array>();
for (const [name, draw] of Object.entries({ ...maps, ...charts, ...parts })) {
  pictures.set(`${name}.png`, () => encodePng(draw()));
}
for (const [name, draw] of Object.entries(animations)) {
  pictures.set(`${name}.gif`, () => {
    const writer = new GifWriter({ delay: 100, lastDelay: 300 });
    for (const frame of draw()) writer.add(frame);
    return writer.finish();
  });
}

for (const [name, draw] of pictures) {
  Deno.test(`${name} is the accepted picture`, async () => {
    if (!await granted("read", "write")) return;
    const accepted = await Deno.readFile(new URL(name, folder)).catch(() => new Uint8Array());
    const drawn = draw();
    const changed = name.replace(".", "-changed.");
    if (equal(drawn, accepted)) {
      await Deno.remove(new URL(changed, folder)).catch(() => {});
    } else {
      await Deno.writeFile(new URL(changed, folder), drawn);
      throw new Error(
        `${name} is not what it was: look at tests/figures/pictures/${changed} beside it; ` +
          `if it is right, run deno task figures:accept`,
      );
    }
  });
}

Deno.test("the accepted pictures are those that tests draw, and small", async () => {
  if (!await granted("read")) return;
  const files = Array.from(Deno.readDirSync(folder), ({ name }) => name)
    .filter((name) => !name.includes("-changed."));
  assertEquals(files.sort(), [...pictures.keys()].sort());
  const bytes = files.reduce((sum, name) => sum + Deno.statSync(new URL(name, folder)).size, 0);
  assert(bytes < 940_000, `${bytes} bytes`);
});
