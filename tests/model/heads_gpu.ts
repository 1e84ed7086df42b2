/** Where the weights of last layers begin. */
import { assert, assertAlmostEquals } from "@std/assert";
import { CosineHead, ProductHead } from "../../src/model/heads.ts";
import { kaimingNormal } from "../../src/model/init.ts";
import { Random } from "../../src/model/random.ts";
import { scope } from "../../src/tensor/scope.ts";

Deno.test("weights of last layers begin evenly about the origin, a column a class", async () => {
  using _ = scope();
  const init = kaimingNormal(new Random(1, "weights"));
  for (const [dim, count, length] of [[2, 5, 10], [2, 7, 3], [3, 10, 10]]) {
    const sizes = { in: dim, out: count };
    const head = length === 3 ? new ProductHead(sizes, init) : new CosineHead(sizes, init, 1);
    const w = await head.weight.read();
    const columns = Array.from(
      { length: count },
      (_, k) => Array.from({ length: dim }, (_, d) => w[d * count + k]),
    );
    columns.forEach((c) => assertAlmostEquals(Math.hypot(...c), length, 1e-4));
    if (dim === 2) {
      columns.forEach(([x, y], k) => {
        assertAlmostEquals(x, length * Math.cos(2 * Math.PI * k / count), 1e-4);
        assertAlmostEquals(y, length * Math.sin(2 * Math.PI * k / count), 1e-4);
      });
    } else {
      const cos = (a: number[], b: number[]) =>
        a.reduce((s, v, d) => s + v * b[d], 0) / length ** 2;
      const most = columns.flatMap((a, i) => columns.slice(i + 1).map((b) => cos(a, b)));
      assert(Math.max(...most) < 0.75, `${Math.max(...most)}`);
    }
  }
});
