import { assertEquals } from "@std/assert";
import { fromTorch, toTorch } from "../../src/train/checkpoint.ts";
import type { TorchLayout } from "../../src/model/layer.ts";
import type { Stored } from "../../src/base/safetensors.ts";

/** Numbers that count up, so that each tells where it was. */
const counting = (...shape: number[]): Stored => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
});

Deno.test("toTorch() turns [kh, kw, in, out] into [out, in, kh, kw]", () => {
  const { shape, data } = toTorch(counting(2, 3, 4, 5), { kind: "conv" });
  assertEquals(shape, [5, 4, 2, 3]);
  const at = (o: number, i: number, y: number, x: number) => data[((o * 4 + i) * 2 + y) * 3 + x];
  assertEquals(at(0, 0, 0, 0), 0);
  assertEquals(at(4, 2, 1, 0), ((1 * 3 + 0) * 4 + 2) * 5 + 4);
});

Deno.test("toTorch() turns [in, out] into [out, in]", () => {
  assertEquals(toTorch(counting(2, 3), { kind: "linear" }), {
    shape: [3, 2],
    data: Float32Array.of(0, 3, 1, 4, 2, 5),
  });
});

Deno.test("toTorch() turns a linear of a flattened image from channels last to channels first", () => {
  const flattened = { height: 2, width: 1, channels: 3 };
  const { shape, data } = toTorch(counting(6, 2), { kind: "linear", flattened });
  assertEquals(shape, [2, 6]);
  // Inputs come as (channel, row); ours are (row, channel), two outputs each.
  assertEquals([...data], [0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]);
});

const layouts: [TorchLayout, number[]][] = [
  [{ kind: "same" }, [7]],
  [{ kind: "conv" }, [3, 2, 4, 5]],
  [{ kind: "linear" }, [4, 3]],
  [{ kind: "linear", flattened: { height: 2, width: 3, channels: 4 } }, [24, 5]],
];
for (const [layout, shape] of layouts) {
  Deno.test(`fromTorch() undoes toTorch(), ${JSON.stringify(layout)}`, () => {
    const values = counting(...shape);
    assertEquals(fromTorch(toTorch(values, layout), layout), values);
  });
}
