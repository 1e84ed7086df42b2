import { assertEquals, assertRejects } from "@std/assert";
import { gunzipFile } from "../../../data/formats/gzip.ts";
import { join } from "node:path";
import { RunError } from "../../../src/base/errors.ts";
import { gzip } from "../idx_bytes.ts";
import { diskTest } from "../temp_directory.ts";

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i * i);

/** All that `gunzipFile()` reads. */
async function contents(path: string): Promise<number[]> {
  const pieces = await Array.fromAsync(gunzipFile(path));
  return pieces.flatMap((piece) => [...piece]);
}

diskTest("gunzipFile() unpacks gzip files, and reads others as they are", async (directory) => {
  const path = join(directory, "a.gz");
  await Deno.writeFile(path, await gzip(bytes));
  assertEquals(await contents(path), [...bytes]);
  for (const plain of [bytes, bytes.slice(0, 1), bytes.slice(0, 0)]) {
    await Deno.writeFile(path, plain);
    assertEquals(await contents(path), [...plain]);
  }
});

diskTest("gunzipFile() refuses files that are cut short or missing", async (directory) => {
  const packed = await gzip(bytes);
  const path = join(directory, "a.gz");
  for (const length of [2, 12, packed.length - 1]) {
    await Deno.writeFile(path, packed.slice(0, length));
    await assertRejects(() => contents(path), RunError, `Cannot unpack ${path}: its gzip data is`);
  }
  const damaged = packed.with(packed.length - 6, packed[packed.length - 6] ^ 1); // in the checksum
  await Deno.writeFile(path, damaged);
  await assertRejects(
    () => contents(path),
    RunError,
    `Cannot unpack ${path}: its gzip data is damaged or cut short; fetch the file again`,
  );
  const none = join(directory, "none");
  await assertRejects(() => contents(none), RunError, `Cannot read ${none}: No such file`);
});

diskTest("gunzipFile() stops where a small file would fill the memory", async (directory) => {
  const path = join(directory, "zeros.gz"), piece = new Uint8Array(1 << 20);
  let written = 0;
  const zeros = new ReadableStream({
    pull: (controller) => written++ < 100 ? controller.enqueue(piece) : controller.close(),
  });
  const packed = zeros.pipeThrough(new CompressionStream("gzip"));
  await packed.pipeTo((await Deno.create(path)).writable);
  const { size } = await Deno.stat(path);
  let read = 0;
  const count = async (most?: number) => {
    read = 0;
    for await (const piece of gunzipFile(path, most)) read += piece.length;
  };
  await assertRejects(
    () => count(),
    RunError,
    `Cannot unpack ${path}: its ${
      size.toLocaleString("en")
    } bytes unpack to more than 30 times as many`,
  );
  assertEquals(read <= 1 << 26, true);
  await assertRejects(
    () => count(1e6),
    RunError,
    `Cannot read ${path}: it holds more than 1,000,000 bytes`,
  );
  assertEquals(read <= 1e6, true);
});

diskTest("gunzipFile() opens no pipe and no device", async (directory) => {
  for (const path of ["/dev/zero", "/dev/null"]) {
    const state = "it is a pipe or a device, but should be a file";
    await assertRejects(() => contents(path), RunError, `Cannot read ${path}: ${state}`);
  }
  const path = join(directory, "none");
  await Deno.symlink("/dev/zero", path);
  await assertRejects(() => contents(path), RunError, `Cannot read ${path}: it is a pipe`);
});
