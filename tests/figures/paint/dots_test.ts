import { assertEquals } from "@std/assert";
import { hiddenShare } from "../../../src/figures/paint/dots.ts";

Deno.test("hiddenShare() counts dots under those of other classes", () => {
  const area = { left: 0, top: 0, width: 50, height: 50 };
  const share = (x: number[], label: number[]) =>
    hiddenShare(
      area,
      { x: Float32Array.from(x), y: new Float32Array(x.length).fill(20), label },
      2,
    );
  assertEquals(share([], []), 0);
  assertEquals(share([10, 20, 30, 40], [0, 1, 2, 3]), 0);
  assertEquals(share([10, 10, 10, 10], [1, 1, 1, 1]), 0);
  // Of each two in one place, one lies above.
  assertEquals(share([10, 10, 40, 40], [0, 1, 2, 3]), 0.5);
  assertEquals(share([0, 49.9, 50], [0, 1, 1]), 0);
});
