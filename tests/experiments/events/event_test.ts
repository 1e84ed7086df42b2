import { assertEquals } from "@std/assert";
import { encodeEvent, fileVersion, readEvent } from "../../../experiments/events/event.ts";
import { histogramOf } from "../../../experiments/events/histogram.ts";

const hex = (bytes: Uint8Array) =>
  Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

Deno.test("encodeEvent() writes what TensorBoard's own classes write", () => {
  const png = Uint8Array.of(1, 2);
  const histogram = histogramOf([1, 2, 4], 2)!;
  assertEquals(hex(fileVersion(1.5)), "09000000000000f83f1a0d627261696e2e4576656e743a32");
  assertEquals(
    hex(encodeEvent({
      time: 2.5,
      step: 300,
      values: [
        { tag: "a/b", scalar: 0.5 },
        { tag: "c", picture: { width: 3, height: 2, png } },
        { tag: "d", histogram },
      ],
    })),
    "09000000000000044010ac022a750a0a0a03612f62150000003f0a0f0a0163220a080210031803220201020a560a01642a5109000000000000f03f110000000000001040190000000000000840210000000000001c402900000000000035403210000000000000044000000000000010403a100000000000000040000000000000f03f",
  );
});

Deno.test("readEvent() gives time, step and tags", () => {
  const values = [{ tag: "x", scalar: NaN }, { tag: "y", scalar: 1 }];
  assertEquals(readEvent(encodeEvent({ time: 7.25, step: 5, values })), {
    time: 7.25,
    step: 5,
    tags: ["x", "y"],
  });
  assertEquals(readEvent(fileVersion(3)), { time: 3, step: 0, tags: [] });
});

Deno.test("histogramOf() counts in buckets of one width, and leaves NaN out", () => {
  assertEquals(histogramOf([0, NaN, 1, 3, 4], 2), {
    ...{ min: 0, max: 4, count: 4, sum: 8, sumOfSquares: 26 },
    limits: [2, 4],
    buckets: [2, 2],
  });
  assertEquals(histogramOf([2, 2], 2)?.buckets, [2, 0]);
  assertEquals(histogramOf([NaN]), undefined);
});
