import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { main } from "../../data/cli.ts";
import { MNIST } from "../../data/sets/mnist.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { printed } from "../printed.ts";
import { cifarBatches } from "./cifar_bytes.ts";
import { idxImages, idxLabels } from "./idx_bytes.ts";
import { diskTest } from "./temp_directory.ts";

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
  await bring(directory, idxImages(2, 28, 28), idxLabels(1, 2));
  const { out: full } = await printed(() => main(["--data-dir", directory]));
  assert(/mnist +handwritten digits.*\n +present\n/.test(full), full);
  assertEquals(full.match(/get it/g)?.length, 3, full);
});

diskTest("main() of data keeps files that the user brought", async (directory) => {
  await bring(directory, idxImages(2, 28, 28), idxLabels(1, 2));
  const { result, out } = await printed(() => main(["mnist", "--data-dir", directory]));
  assertEquals(result, 0);
  assertEquals(out.match(/: kept as it is: it can be read/g)?.length, 4, out);
});

diskTest("main() of data says which of the user's files cannot be used", async (directory) => {
  await bring(directory, idxImages(2, 28, 28).slice(0, 99), idxLabels(1, 2));
  await assertRejects(
    () => main(["mnist", "--data-dir", directory]),
    RunError,
    "train-images-idx3-ubyte: it is cut short, 99 bytes",
  );
});

diskTest("main() of data keeps batches that the user brought", async (directory) => {
  await cifarBatches(directory, 2, 1);
  const { result, out } = await printed(() => main(["cifar-10", "--data-dir", directory]));
  assertEquals(result, 0);
  assertEquals(out.match(/\.bin: kept as it is: it can be read/g)?.length, 6, out);
});

/** Puts four unpacked files there. */
async function bring(directory: string, images: Uint8Array, labels: Uint8Array): Promise<void> {
  await Deno.mkdir(join(directory, "mnist"), { recursive: true });
  for (const files of Object.values(MNIST.files)) {
    const place = (name: string) => join(directory, "mnist", name.replace(/\.gz$/, ""));
    await Deno.writeFile(place(files.images.name), images);
    await Deno.writeFile(place(files.labels.name), labels);
  }
}
