import { assert, assertEquals } from "@std/assert";
import { divergingColor } from "../../../src/figures/charts/diverging.ts";

Deno.test("divergingColor() goes from blue over near white to red", () => {
  assertEquals(divergingColor(-1), [0x05, 0x30, 0x61]);
  assertEquals(divergingColor(0), [0xf7, 0xf7, 0xf7]);
  assertEquals(divergingColor(1), [0x67, 0x00, 0x1f]);
  assertEquals(divergingColor(0.2), [0xfd, 0xdb, 0xc7], "an anchor");
  assertEquals(divergingColor(0.1), [250, 233, 223], "half way between two");
});

Deno.test("divergingColor() darkens to both sides alike", () => {
  const sum = (value: number) => divergingColor(value).reduce((a, b) => a + b);
  for (let i = 1; i <= 50; i++) {
    assert(sum(i / 50) < sum((i - 1) / 50) && sum(-i / 50) < sum((1 - i) / 50), `${i / 50}`);
  }
  assert(divergingColor(0.5)[0] > divergingColor(0.5)[2]);
  assert(divergingColor(-0.5)[2] > divergingColor(-0.5)[0]);
});

Deno.test("divergingColor() takes the end's colour beyond it", () => {
  assertEquals(divergingColor(7), divergingColor(1));
  assertEquals(divergingColor(-7), divergingColor(-1));
});
