import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import { drawDigits } from "../../../data/drawn/digits.ts";
import { drawStandIn } from "../../../data/drawn/stand_in.ts";

const base = { count: 20, seed: 3, split: "train" } as const;
const colour = { ...base, height: 32, width: 32, channels: 3 };

Deno.test("drawStandIn() in MNIST's shape draws the drawn digits", () => {
  const set = drawStandIn({ ...base, height: 28, width: 28, channels: 1 });
  assertEquals(set, drawDigits(base));
});

Deno.test("drawStandIn() draws the same bytes on every machine", () => {
  const { images, labels } = drawStandIn(colour);
  const sum = createHash("md5").update(images).update(labels).digest("hex");
  assertEquals(sum, "03e637dd51bdf1885e0832e417678bfb");
});

Deno.test("drawStandIn() draws image i whatever the count, in the same order as drawDigits()", () => {
  const more = drawStandIn({ ...colour, count: 31 });
  const few = drawStandIn(colour);
  assertEquals(few.images, more.images.subarray(0, few.images.length));
  assertEquals(few.labels, drawDigits(base).labels);
});

Deno.test("drawStandIn() draws one colour on another, a bright one on a dark one", () => {
  const { images, count, height, width, channels, name } = drawStandIn(colour);
  assertEquals([name, height, width, channels], ["digits", 32, 32, 3]);
  const papers = new Set<string>();
  for (let i = 0; i < count; i++) {
    const image = images.subarray(i * 3072, (i + 1) * 3072);
    const paper = [...image.subarray(0, 3)]; // the corner
    papers.add(`${paper}`);
    assert(paper.every((value) => value <= 102), `paper ${paper}`);
    for (let c = 0; c < 3; c++) {
      const brightest = image.filter((_, at) => at % 3 === c).reduce((a, b) => Math.max(a, b), 0);
      assert(brightest > 110 && brightest > paper[c] + 20, `channel ${c} of image ${i}`);
    }
  }
  assertEquals(papers.size, count);
  assertNotEquals(images, drawStandIn({ ...colour, split: "test" }).images);
});

Deno.test("drawStandIn() grows with the image, and stays in the middle of one that is not square", () => {
  const ink = (set: ReturnType<typeof drawStandIn>) => set.images.reduce((sum, v) => sum + v, 0);
  const small = drawStandIn({ ...base, height: 28, width: 28, channels: 1 });
  const large = drawStandIn({ ...base, height: 56, width: 56, channels: 1 });
  const growth = ink(large) / ink(small);
  assert(Math.abs(growth - 4) < 0.4, `ink grows by ${growth}, the area by 4`);
  const wide = drawStandIn({ ...base, height: 28, width: 40, channels: 1 });
  for (let at = 0; at < wide.images.length; at++) {
    const column = at % 40 - 6, row = Math.floor(at / 40);
    const expected = column >= 0 && column < 28 ? small.images[row * 28 + column] : 0;
    assertEquals(wide.images[at], expected);
  }
});

Deno.test("drawStandIn() refuses shapes that are none", () => {
  for (const height of [0, 1.5, -3, NaN]) {
    assertThrows(() => drawStandIn({ ...colour, height }), RangeError, `of height ${height}`);
    assertThrows(() => drawStandIn({ ...colour, width: height }), RangeError, `of width ${height}`);
  }
  for (const channels of [0, 2, 4, NaN]) {
    assertThrows(() => drawStandIn({ ...colour, channels }), RangeError, `in ${channels} channels`);
  }
});
