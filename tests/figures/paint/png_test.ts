import { assertEquals } from "@std/assert";
import { fillDisc, newFrame } from "../../../src/figures/paint/canvas.ts";
import { encodePng } from "../../../src/figures/paint/png.ts";

/** Type and data of every chunk. */
function chunks(file: Uint8Array<ArrayBuffer>): [type: string, data: Uint8Array<ArrayBuffer>][] {
  const view = new DataView(file.buffer);
  const found: [string, Uint8Array<ArrayBuffer>][] = [];
  for (let at = 8; at < file.length;) {
    const length = view.getUint32(at);
    const type = new TextDecoder().decode(file.subarray(at + 4, at + 8));
    found.push([type, file.slice(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  return found;
}

Deno.test("encodePng() begins with the signature, the size and 8-bit RGB", async () => {
  const file = await encodePng(newFrame(300, 20));
  assertEquals([...file.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  const [type, header] = chunks(file)[0];
  assertEquals(type, "IHDR");
  assertEquals([...header], [0, 0, 1, 44, 0, 0, 0, 20, 8, 2, 0, 0, 0]);
});

Deno.test("encodePng() holds the pixels", async () => {
  const frame = newFrame(5, 4, [10, 200, 30]);
  fillDisc(frame, 2, 2, 1, [255, 0, 90]);
  const [, data] = chunks(await encodePng(frame)).find(([type]) => type === "IDAT")!;
  const plain = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate"));
  const rows = new Uint8Array(await new Response(plain).arrayBuffer());
  const stride = 1 + 5 * 3;
  const colors = rows.slice();
  for (let y = 0; y < 4; y++) {
    assertEquals(rows[y * stride], 2, "the filter of every row is 'up'");
    for (let i = 1; i < stride && y > 0; i++) {
      colors[y * stride + i] += colors[(y - 1) * stride + i];
    }
  }
  const seen = Array.from({ length: 20 }, (_, i) => {
    const at = Math.floor(i / 5) * stride + 1 + (i % 5) * 3;
    return [...colors.subarray(at, at + 3), 255];
  }).flat();
  assertEquals(seen, [...frame.rgba]);
});

Deno.test("encodePng() ends in the chunk and checksum that every PNG ends in", async () => {
  const file = await encodePng(newFrame(1, 1));
  assertEquals([...file.subarray(-12)], [0, 0, 0, 0, 73, 69, 78, 68, 0xae, 0x42, 0x60, 0x82]);
});
