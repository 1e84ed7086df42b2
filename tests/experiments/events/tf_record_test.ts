import { assertEquals } from "@std/assert";
import { recordOf, recordsIn } from "../../../experiments/events/tf_record.ts";

const bytes = (...of: number[]) => Uint8Array.from(of);
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

Deno.test("recordOf() writes TensorFlow's form", () => {
  // Written by TensorBoard's own RecordWriter: b"abc".
  assertEquals(
    [...recordOf(new TextEncoder().encode("abc"))].map((b) => b.toString(16).padStart(2, "0")).join(
      "",
    ),
    "0300000000000000b099490e6162636e57f121",
  );
});

Deno.test("recordsIn() gives whole records, and ends at the first that is cut off or damaged", () => {
  const all = [bytes(), bytes(1, 2, 3), bytes(4)], file = joined(...all.map(recordOf));
  const found = (of: Uint8Array<ArrayBuffer>) => [...recordsIn(of)].map(({ bytes }) => [...bytes]);
  assertEquals(found(file), all.map((of) => [...of]));
  assertEquals([...recordsIn(file)].map(({ end }) => end), [16, 35, 52]);
  for (let length = 0; length < file.length; length++) {
    assertEquals(found(file.slice(0, length)).length, length < 16 ? 0 : length < 35 ? 1 : 2);
  }
  for (let at = 0; at < file.length; at++) {
    const damaged = file.slice();
    damaged[at] ^= 0x10;
    assertEquals(found(damaged).length, at < 16 ? 0 : at < 35 ? 1 : 2, `byte ${at}`);
  }
});
