/** Histories of steps and samples against their twin. */
import { assertEquals, assertThrows } from "@std/assert";
import { gpu } from "../../src/gpu/device.ts";
import { History } from "../../src/train/history.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { rounded, upload } from "../on_gpu.ts";
import { array64, zeros } from "../../src/reference/array64.ts";
import { append } from "../../src/reference/append.ts";
import { uniform } from "../../src/reference/uniform.ts";

const cursorAt = (position: number, step: number) => tensor([position, step, 1], { dtype: "i32" });

Deno.test("History by sample puts a batch at its samples, drops what lies past the end, and has columns", async () => {
  using _ = scope();
  const [rows, columns, rowsPerStep] = [7, 5, 3];
  const history = new History("sample", rows, columns);
  history.table.write(Array(rows * columns).fill(0));
  let twin = zeros([rows, columns]);
  for (const step of [0, 1, 2]) {
    const [left, right] = [2, 3].map((width) =>
      rounded(uniform([rowsPerStep, width], { seed: 10 * width + step }))
    );
    const cursor = cursorAt(step * rowsPerStep, step);
    history.append(cursor, upload(left), 0);
    history.append(cursor, upload(right), 2);
    twin = append(twin, left, { step, rowsPerStep });
    twin = append(twin, right, { step, rowsPerStep, column: 2 });
  }
  assertEquals(await history.table.read(), Float32Array.from(twin.data));
  const [bytes] = await gpu().read([history.rows(1, 3)]);
  assertEquals(
    new Float32Array(bytes),
    Float32Array.from(twin.data.subarray(columns, 3 * columns)),
  );
});

Deno.test("History by step puts scalars at their step, whatever the sample, and drops steps past the end", async () => {
  using _ = scope();
  const history = new History("step", 3, 2);
  history.table.write(Array(6).fill(-1));
  for (const step of [0, 1, 3]) {
    const cursor = cursorAt(100 * step, step);
    history.append(cursor, upload(array64([], [step + 0.5])), 0);
    history.append(cursor, tensor([step + 10]), 1);
  }
  assertEquals([...await history.table.read()], [0.5, 10, 1.5, 11, -1, -1]);
});

Deno.test("History refuses what an epoch of so many samples leaves, and says what helps", () => {
  const most = gpu().pool.mostBytes, rows = most / 4;
  assertThrows(
    () => new History("sample", rows, 2),
    RangeError,
    `Cannot allocate what an epoch of ${rows} samples leaves, ${
      8 * rows
    } bytes: this adapter binds at most ${most}; ` +
      "use fewer images or features",
  );
});
