/** Whether files that the page hands out are what they say. */
import { assert, assertEquals } from "@std/assert";
import { drawDigits } from "../../data/drawn/digits.ts";
import { unzipSync } from "npm:fflate@0.8.2";
import { decodeNpy } from "../../src/base/npy.ts";
import { decodeSafetensors } from "../../src/base/safetensors.ts";
import type { Visit } from "./visitor.ts";

/** Saves the first map in a format, and gives the bytes. */
async function saved({ page }: Visit, format: string): Promise<Uint8Array<ArrayBuffer>> {
  await page.getByLabel("Export map A").click();
  const coming = page.waitForEvent("download", { timeout: 120_000 });
  await page.getByRole("button", { name: `Save as ${format}` }).click();
  return await Deno.readFile(await (await coming).path());
}

/** A checker for each format; `samples` are in the table. */
export const OPENED: Record<string, (visit: Visit, samples: number) => Promise<void>> = {
  async gif(visit) {
    const bytes = await saved(visit, "gif"), view = new DataView(bytes.buffer);
    assertEquals(new TextDecoder().decode(bytes.subarray(0, 6)), "GIF89a");
    assertEquals([view.getUint16(6, true), view.getUint16(8, true), bytes.at(-1)], [
      660,
      600,
      0x3b,
    ]);
  },
  async csv(visit, samples) {
    const lines = new TextDecoder().decode(await saved(visit, "csv")).trimEnd().split("\n");
    assertEquals([lines[0], lines.length], [
      "feature0,feature1,label,predicted,image",
      samples + 1,
    ]);
    const { labels } = drawDigits({ count: 200, seed: 1, split: "train" });
    for (const line of lines.slice(1)) {
      const [x, y, label, predicted, image] = line.split(",").map(Number);
      assert(Number.isFinite(x + y) && predicted >= 0 && predicted < 10, line);
      assertEquals(label, labels[image], line);
    }
  },
  async npz(visit, samples) {
    const files = unzipSync(await saved(visit, "npz"));
    assertEquals(Object.keys(files).sort(), [
      ...["centers.npy", "features.npy", "images.npy", "labels.npy"],
    ]);
    assertEquals(decodeNpy(files["features.npy"], "features.npy").length, 2 * samples);
    assertEquals(decodeNpy(files["centers.npy"], "centers.npy").length, 20);
  },
  async safetensors(visit) {
    const bytes = await saved(visit, "safetensors");
    const { tensors, metadata } = decodeSafetensors(bytes, "page.safetensors");
    assertEquals(tensors.get("centers")?.shape, [10, 2]);
    assert(
      tensors.has("conv1.weight") && metadata.settings.includes("map=center"),
      metadata.settings,
    );
    for (const { data } of tensors.values()) assert(data.every(Number.isFinite));
  },
};
