import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { gunzip, gunzipFile } from "../../data/gzip.ts";
import { join } from "node:path";
import { RunError } from "../../src/errors.ts";
import { gzip } from "./idx_bytes.ts";
import { diskTest } from "./temp_directory.ts";

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i * i);

Deno.test("gunzip() unpacks gzip data whatever its name", async () => {
  assertEquals(await gunzip(await gzip(bytes), "no-suffix"), bytes);
});

Deno.test("gunzip() returns other data as it is", async () => {
  assertStrictEquals(await gunzip(bytes, "unpacked.gz"), bytes);
  assertEquals(await gunzip(new Uint8Array(0), "empty"), new Uint8Array(0));
});

Deno.test("gunzip() refuses gzip data that is cut short", async () => {
  const packed = await gzip(bytes);
  for (const length of [2, 12, packed.length - 1]) {
    await assertRejects(
      () => gunzip(packed.slice(0, length), "a.gz"),
      RunError,
      "Cannot unpack a.gz",
    );
  }
});

Deno.test("gunzip() refuses damaged gzip data", async () => {
  const packed = await gzip(bytes);
  packed[packed.length - 6] ^= 1; // in the checksum
  const error = await assertRejects(() => gunzip(packed, "a.gz"), RunError);
  assertEquals(
    error.message,
    "Cannot unpack a.gz: its gzip data is damaged or cut short; fetch the file again",
  );
});

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
  const none = join(directory, "none");
  await assertRejects(() => contents(none), RunError, `Cannot read ${none}: No such file`);
});
