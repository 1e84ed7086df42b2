import { assertEquals, assertRejects } from "@std/assert";
import { gunzip } from "../../../data/formats/gzip.ts";
import { RunError } from "../../../src/base/errors.ts";
import { gzip } from "../archives.ts";

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i * i);
const packed = await gzip(bytes);

/** All that `gunzip()` reads. */
async function contents(file: Uint8Array<ArrayBuffer>, pieces = [file]): Promise<number[]> {
  const found = await Array.fromAsync(gunzip(pieces, "a.gz", file.length));
  return found.flatMap((piece) => [...piece]);
}

Deno.test("gunzip() unpacks gzip, in pieces of any size, and leaves all else as it is", async () => {
  assertEquals(await contents(packed), [...bytes]);
  const pieces = [packed.subarray(0, 2), packed.subarray(2, 3), packed.subarray(3)];
  assertEquals(await contents(packed, pieces), [...bytes]);
  for (const plain of [bytes, bytes.slice(0, 1), bytes.slice(0, 0)]) {
    assertEquals(await contents(plain), [...plain]);
  }
});

Deno.test("gunzip() refuses what is cut short or damaged", async () => {
  const inChecksum = packed.length - 6;
  for (
    const file of [
      ...[2, 12, packed.length - 1].map((length) => packed.slice(0, length)),
      packed.with(inChecksum, packed[inChecksum] ^ 1),
    ]
  ) {
    const message =
      "Cannot unpack a.gz: its gzip data is damaged or cut short; fetch the file again. " +
      "If it was made of several parts, unpack it yourself";
    await assertRejects(() => contents(file), RunError, message);
  }
});

Deno.test("gunzip() stops where a small file would fill the memory, and closes what it reads", async () => {
  const zeros = await gzip(new Uint8Array(100 << 20)), size = zeros.length;
  const growing = `Cannot unpack a.gz: its ${
    size.toLocaleString("en")
  } bytes unpack to more than 30`;
  const large = "Cannot read a.gz: it holds more than 1,000,000 bytes";
  for (
    const [most, limit, message] of [[undefined, 1 << 26, growing], [1e6, 1e6, large]] as const
  ) {
    let read = 0, closed = 0;
    const source = async function* () {
      try {
        yield zeros;
        yield zeros;
      } finally {
        closed++;
      }
    };
    const count = async () => {
      for await (const piece of gunzip(source(), "a.gz", size, most)) read += piece.length;
    };
    await assertRejects(count, RunError, message);
    assertEquals([read <= limit, closed], [true, 1]);
  }
});
