import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { readUnlabelled } from "../../../data/own/unlabelled.ts";
import { RunError } from "../../../src/base/errors.ts";
import { plainJpeg, plainPng, put } from "../pictures.ts";
import { diskTest } from "../../on_disk.ts";

const GREY = { height: 2, width: 2, channels: 1 }, COLOR = { ...GREY, channels: 3 };

diskTest(
  "readUnlabelled() takes pictures and folders of them, in order, at the wanted size",
  async (root) => {
    const at = (...names: string[]) => join(root, ...names);
    await put(at("b", "2.png"), plainPng(4, 8, [100, 100, 100]));
    await put(at("b", "inner", "1.JPG"), plainJpeg(8, 8, [200, 200, 200]));
    await put(at("b", "note.txt"), "no picture");
    await put(at("a.png"), plainPng(2, 2, [255, 0, 0]));
    const all = await readUnlabelled([at("b"), at("a.png")], GREY);
    assertEquals(all.ids, {
      name: "image",
      values: [at("b", "2.png"), at("b", "inner", "1.JPG"), at("a.png")],
    });
    assertEquals([all.count, all.height, all.width, all.channels], [3, 2, 2, 1]);
    assertEquals([...all.images].map((v) => Math.round(v / 4)), [
      ...[25, 25, 25, 25, 50, 50, 50, 50, 19, 19, 19, 19],
    ]);
    const { images } = await readUnlabelled([at("a.png")], COLOR);
    assertEquals([...images.subarray(0, 3)], [255, 0, 0]);
  },
);

diskTest("readUnlabelled() reads a folder once that links lead to again", async (root) => {
  const at = (...names: string[]) => join(root, ...names);
  await put(at("a", "1.png"), plainPng(2, 2, [100, 100, 100]));
  await put(at("a", "b", "2.png"), plainPng(2, 2, [200, 200, 200]));
  await Deno.symlink(".", at("a", "loop"));
  await Deno.symlink("..", at("a", "b", "up"));
  await Deno.symlink(at("a", "b"), at("c"));
  const { ids } = await readUnlabelled([root], GREY);
  assertEquals(ids?.values, [at("a", "1.png"), at("a", "b", "2.png")]);
});

diskTest("readUnlabelled() takes a CSV file of any name by itself", async (root) => {
  const csv = join(root, "lines.txt"), picture = join(root, "a.png");
  await put(csv, "id,label,x0,x1,x2,x3\nu,1,1,2,3,4\n");
  await put(picture, plainPng(2, 2, [0, 0, 0]));
  const { ids, images } = await readUnlabelled([csv], GREY);
  assertEquals([ids, [...images]], [{ name: "id", values: ["u"] }, [1, 2, 3, 4]]);
  const refuse = (paths: string[], message: string) =>
    assertRejects(() => readUnlabelled(paths, GREY), RunError, message);
  await refuse(
    [picture, csv],
    `Cannot use ${csv} among others: a CSV file is classified by itself`,
  );
  const gif = join(root, "a.gif"), words = `Cannot use ${gif}: it is neither a PNG or JPEG picture`;
  await put(gif, "GIF89a\0\0,\n");
  await refuse([gif], words);
  await refuse([picture, gif], words);
  await refuse([join(root, "none.png")], `Cannot read ${join(root, "none.png")}: it is not there`);
  await Deno.mkdir(join(root, "empty"));
  await refuse([join(root, "empty")], "it holds no .png, .jpg or .jpeg files");
  await put(join(root, "broken.png"), "text");
  await refuse([join(root, "broken.png")], "it is neither PNG nor JPEG inside");
});
