import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { gunzip } from "../../data/gzip.ts";
import { RunError } from "../../src/errors.ts";
import { gzip } from "./idx_bytes.ts";

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
