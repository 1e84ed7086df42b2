import { assertEquals, assertNotEquals } from "@std/assert";
import { join } from "node:path";
import { loadRowFile } from "../../../experiments/plan/own_row/row_file.ts";
import { rowDigest } from "../../../experiments/plan/own_row/row_digest.ts";
import { put } from "../../data/pictures.ts";
import { diskTest } from "../../on_disk.ts";

diskTest("rowDigest() goes over what is imported, and what is there", async (folder) => {
  const row = join(folder, "row.ts"), lib = join(folder, "lib.js");
  await put(
    row,
    '// taken from "./old_notes.md" and from "../"\nconst { a } = await import(`./lib.js`);\n',
  );
  await put(lib, "export const a = 1;\n");
  const before = await rowDigest(row);
  await put(lib, "export const a = 2;\n");
  assertNotEquals(await rowDigest(row), before);
});

diskTest("loadRowFile() takes blocks and evalEvery", async (folder) => {
  const row = join(folder, "row.mjs");
  await put(row, 'export default { like: "cent-mnist-2", recipe: { blocks: 2 }, evalEvery: 3 };\n');
  const { recipe, evalEvery } = await loadRowFile(row);
  assertEquals([recipe.blocks, evalEvery], [2, 3]);
});
