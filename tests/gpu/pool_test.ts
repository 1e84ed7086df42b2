import { assert, assertEquals } from "@std/assert";
import { sizeClass } from "../../src/gpu/pool.ts";

Deno.test("sizeClass() spares at most a quarter and keeps offsets aligned", () => {
  assertEquals([1, 256, 257, 1024, 1025].map(sizeClass), [256, 256, 512, 1024, 1280]);
  for (let bytes = 1; bytes < 1e8; bytes = Math.ceil(bytes * 1.37)) {
    const size = sizeClass(bytes);
    assert(size >= bytes && size % 256 === 0, `${size} for ${bytes}`);
    if (bytes >= 1024) assert(size <= bytes * 1.25, `${size} for ${bytes}`);
  }
});
