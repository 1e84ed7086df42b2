import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { main } from "../../data/cli.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { printed } from "../printed.ts";
import { cifarBatches } from "./cifar_bytes.ts";
import { idxImages, smallMnist } from "./idx_bytes.ts";
import { put } from "./pictures.ts";
import { diskTest } from "../on_disk.ts";

const misuses: [string, string[], string][] = [
  [
    "an unknown data set, and suggests the nearest",
    ["mnits"],
    'Unknown data set "mnits": did you mean "mnist"? There are digits, mnist, fashion-mnist, cifar-10, digit-recognizer',
  ],
  ["two data sets", ["mnist", "digits"], "One data set at a time, not 2: mnist digits"],
];
for (const [what, args, message] of misuses) {
  Deno.test(`main() of data refuses ${what}`, async () => {
    const error = await assertRejects(() => main(args), UsageError);
    assertEquals(error.message, message);
  });
}

Deno.test("main() of data has nothing to download for digits", async () => {
  const { out } = await printed(() => main(["digits"]));
  assertEquals(out, "digits is built in: there is nothing to download\n");
});

diskTest("main() of data lists what is there and what is missing", async (directory) => {
  const { out: empty } = await printed(() => main(["--data-dir", directory]));
  assert(empty.startsWith(`Data sets in ${directory} (--data-dir)\n`), empty);
  assert(empty.includes("missing train-images-idx3-ubyte.gz, train-labels"), empty);
  assert(empty.includes("  mnist             handwritten digits, 28x28"), empty);
  assert(empty.includes("missing cifar-10-binary.tar.gz\n"), empty);
  assert(empty.includes("get it: deno task data fashion-mnist\n"), empty);
  await smallMnist(directory, 2, 2);
  const { out: full } = await printed(() => main(["--data-dir", directory]));
  assert(/mnist +handwritten digits.*\n +present\n/.test(full), full);
  assertEquals(full.match(/get it/g)?.length, 3, full);
});

diskTest("main() of data keeps files that the user brought", async (directory) => {
  await smallMnist(directory, 2, 2);
  const { result, out } = await printed(() => main(["mnist", "--data-dir", directory]));
  assertEquals(result, 0);
  assertEquals(out.match(/: kept as it is: it can be read/g)?.length, 4, out);
});

diskTest("main() of data says which of the user's files cannot be used", async (directory) => {
  await smallMnist(directory, 2, 2);
  const path = join(directory, "mnist", "train-images-idx3-ubyte");
  await put(path, idxImages(2, 28, 28).slice(0, 99));
  await assertRejects(
    () => main(["mnist", "--data-dir", directory]),
    RunError,
    "train-images-idx3-ubyte: it is cut short after 99 bytes",
  );
});

diskTest("main() of data keeps batches that the user brought", async (directory) => {
  await cifarBatches(directory, 2, 1);
  const { result, out } = await printed(() => main(["cifar-10", "--data-dir", directory]));
  assertEquals(result, 0);
  assertEquals(out.match(/\.bin: kept as it is: it can be read/g)?.length, 6, out);
});
