import { assertEquals, assertThrows } from "@std/assert";
import {
  broadcastShape,
  broadcastStrides,
  collapse,
  normalizeAxes,
  sameShape,
  show,
  sizeOf,
  stridesOf,
} from "../../src/tensor/shape.ts";

Deno.test("sizeOf(), stridesOf() and show() describe a shape", () => {
  assertEquals([sizeOf([]), sizeOf([2, 3]), sizeOf([2, 0])], [1, 6, 0]);
  assertEquals(stridesOf([2, 3, 4]), [12, 4, 1]);
  assertEquals([show([]), show([2, 3])], ["[]", "[2, 3]"]);
  assertEquals([sameShape([2, 3], [2, 3]), sameShape([2], [2, 1])], [true, false]);
});

Deno.test("broadcastShape() follows NumPy and names act and shapes where it cannot", () => {
  assertEquals(broadcastShape("add", [4, 1], [3]), [4, 3]);
  assertEquals(broadcastShape("add", [], [2, 0]), [2, 0]);
  assertThrows(() => broadcastShape("add", [4, 2], [3]), TypeError, "Cannot add [4, 2] and [3]");
});

Deno.test("broadcastStrides() are 0 where an axis stretches", () => {
  assertEquals(broadcastStrides([3, 1], [2, 3, 5]), [0, 1, 0]);
  assertEquals(broadcastStrides([], [2, 3]), [0, 0]);
});

Deno.test("normalizeAxes() sorts, counts from the end, and refuses", () => {
  assertEquals(normalizeAxes("sum", [2, 3, 5], [-1, 0]), [0, 2]);
  assertEquals(normalizeAxes("sum", [2, 3]), [0, 1]);
  assertEquals(normalizeAxes("sum", [2, 3], []), []);
  assertThrows(() => normalizeAxes("sum", [2, 3], -3), RangeError, "Cannot sum axis -3 of [2, 3]");
});

Deno.test("collapse() joins neighbouring axes that all operands walk alike", () => {
  const strides = stridesOf([2, 3, 5]);
  assertEquals(collapse([2, 3, 5], [strides, strides]), { shape: [30], strides: [[1], [1]] });
  assertEquals(collapse([2, 3, 5], [strides, [0, 0, 1]]), {
    shape: [6, 5],
    strides: [[5, 1], [0, 1]],
  });
  assertEquals(collapse([1, 1], [[1, 1]]), { shape: [1], strides: [[0]] });
});

Deno.test("collapse() refuses more than 8 axes", () => {
  const shape = Array(9).fill(2);
  assertThrows(() => collapse(shape, [stridesOf(shape).reverse()]), RangeError, "more than 8 axes");
});
