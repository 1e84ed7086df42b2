/** The README's gallery. */
import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { galleryLines } from "../../../experiments/report/gallery.ts";
import type { Result } from "../../../experiments/report/results.ts";
import { diskTest } from "../../on_disk.ts";

/** A result whose folder holds pictures of these names. */
async function resultOf(
  root: string,
  [id, preset, featureDim, loss]: [string, string, number, string],
  pictures: string[],
): Promise<Result> {
  const folder = join(root, preset, id, "seed-1");
  await Deno.mkdir(folder, { recursive: true });
  for (const name of pictures) await Deno.writeTextFile(join(folder, name), "");
  const plan = { id, preset, dataset: "mnist", recipe: { featureDim, loss: { kind: loss } } };
  return { folder, config: { plan } } as unknown as Result;
}

diskTest(
  "galleryLines() shows both sets of each data set, fast results before quick ones",
  async (root) => {
    const flat = ["train.gif", "val.gif"], deep = [...flat, "thumbnails.png"];
    const results = await Promise.all([
      resultOf(root, ["xent-mnist-2", "fast", 2, "cross-entropy"], flat),
      resultOf(root, ["xent-mnist-2", "quick", 2, "cross-entropy"], flat),
      resultOf(root, ["standalone-mnist-2", "quick", 2, "standalone"], ["val.gif"]),
      resultOf(root, ["xent-mnist-128", "quick", 128, "cross-entropy"], deep),
      resultOf(root, ["standalone-mnist-128", "fast", 128, "standalone"], [
        ...[...deep, "thumbnails-train.png"],
      ]),
    ]);
    const cells = (await galleryLines(results)).filter((line) => line.startsWith("|")).map((line) =>
      line.split("|").slice(1, -1).map((cell) => {
        const [, path] = /src="([^"]*)"/.exec(cell) ?? [];
        return path === undefined ? cell.trim() : path.slice(root.length + 1);
      })
    ).filter(([, second]) => !/^-+$/.test(second));
    assertEquals(cells, [
      ["", "cross-entropy", "standalone"],
      ["MNIST, 2-D, training", "fast/xent-mnist-2/seed-1/train.gif", ""],
      [
        "MNIST, 2-D, test",
        "fast/xent-mnist-2/seed-1/val.gif",
        "quick/standalone-mnist-2/seed-1/val.gif",
      ],
      ["", "cross-entropy", "standalone"],
      [
        "MNIST, 128-D, training",
        "quick/xent-mnist-128/seed-1/train.gif",
        "fast/standalone-mnist-128/seed-1/thumbnails-train.png",
      ],
      [
        "MNIST, 128-D, test",
        "quick/xent-mnist-128/seed-1/thumbnails.png",
        "fast/standalone-mnist-128/seed-1/thumbnails.png",
      ],
    ]);
    assertEquals(await galleryLines([]), ["No pictures are in the repository yet."]);
  },
);
