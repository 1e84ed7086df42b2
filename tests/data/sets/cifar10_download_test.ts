import { assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { CIFAR10_ARCHIVE, loadCifar10 } from "../../../data/sets/cifar10.ts";
import { downloadCifar10 } from "../../../data/sets/cifar10_download.ts";
import { RunError } from "../../../src/base/errors.ts";
import { cifarBatches, cifarFiles } from "../cifar_bytes.ts";
import { gzip } from "../idx_bytes.ts";
import { mirrorTest, serve, withRanges } from "../mirror.ts";
import { tar, tarOf } from "../tar_bytes.ts";
import { diskTest } from "../temp_directory.ts";

const bytes = await gzip(tarOf(cifarFiles(2, 1)));
const md5 = createHash("md5").update(bytes).digest("hex");
const { name } = CIFAR10_ARCHIVE;

/** Downloads from these addresses; what is reported. */
async function downloaded(directory: string, ...urls: string[]): Promise<string[]> {
  const said: string[] = [];
  await downloadCifar10(directory, {
    progress: () => {},
    done: (path, outcome) => said.push(`${path}: ${outcome}`),
  }, { name, md5, urls });
  return said;
}

mirrorTest("downloadCifar10() gets an archive that can be loaded, once", async (directory) => {
  let requests = 0;
  await using moved = serve((request) => Response.redirect(new URL("/new", request.url)));
  await using mirror = serve((request) => (requests++, withRanges(bytes)(request)));
  await using refusing = serve(() => new Response(null, { status: 404 }));
  const path = join(directory, "cifar-10", name);
  // The first leads nowhere, as an address that moved without leaving word.
  assertEquals(await downloaded(directory, moved.url, refusing.url, mirror.url), [
    `${path}: downloaded`,
  ]);
  assertEquals((await loadCifar10(directory, "train")).count, 10);
  assertEquals(await downloaded(directory, mirror.url), [`${path}: already there`]);
  assertEquals(requests, 1);
});

mirrorTest("downloadCifar10() follows an address that moved", async (directory) => {
  await using mirror = serve(withRanges(bytes));
  await using moved = serve(() => Response.redirect(mirror.url));
  await downloaded(directory, moved.url);
  assertEquals((await loadCifar10(directory, "test")).count, 1);
});

mirrorTest(
  "downloadCifar10() refuses another archive than the published one",
  async (directory) => {
    await using mirror = serve(withRanges(await gzip(tarOf(cifarFiles(1, 1)))));
    await assertRejects(() => downloaded(directory, mirror.url), RunError, `instead of ${md5}`);
  },
);

mirrorTest("downloadCifar10() completes batches by the archive", async (directory) => {
  await cifarBatches(directory, 1, 1);
  await Deno.remove(join(directory, "cifar-10", "cifar-10-batches-bin", "data_batch_1.bin"));
  await using mirror = serve(withRanges(bytes));
  await downloaded(directory, mirror.url);
  assertEquals((await loadCifar10(directory, "train")).count, 10);
});

diskTest("downloadCifar10() keeps batches and archives that can be read", async (directory) => {
  await cifarBatches(directory, 1, 1);
  const batches = await downloaded(directory);
  assertEquals(batches.map((line) => line.replace(/^.*[/\\]/, "")), [
    ...[1, 2, 3, 4, 5].map((k) => `data_batch_${k}.bin: kept`),
    "test_batch.bin: kept",
  ]);
  await Deno.remove(join(directory, "cifar-10"), { recursive: true });
  await Deno.mkdir(join(directory, "cifar-10"));
  const path = join(directory, "cifar-10", name);
  await Deno.writeFile(path, await gzip(tarOf(cifarFiles(3, 3))));
  assertEquals(await downloaded(directory), [`${path}: kept`]);
});

diskTest("downloadCifar10() says what of the user's cannot be used", async (directory) => {
  await cifarBatches(directory, 1, 1);
  const batch = join(directory, "cifar-10", "cifar-10-batches-bin", "test_batch.bin");
  await Deno.writeFile(batch, new Uint8Array(9));
  const wish = "It is left as it is; move it away to have it downloaded";
  const loose = await assertRejects(() => downloaded(directory), RunError, wish);
  assertEquals(loose.message.startsWith(`Cannot read ${batch}: its 9 bytes`), true);
  await Deno.remove(join(directory, "cifar-10"), { recursive: true });
  await Deno.mkdir(join(directory, "cifar-10"));
  const path = join(directory, "cifar-10", name);
  await Deno.writeFile(path, await gzip(tar({ path: "/x" })));
  const packed = await assertRejects(() => downloaded(directory), RunError, wish);
  assertEquals(packed.message.startsWith(`Cannot use ${path}: the path of its entry "/x"`), true);
});
