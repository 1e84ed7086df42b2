import { assert, assertEquals } from "@std/assert";
import { Thinned } from "../../lab/thinned.ts";

Deno.test("Thinned keeps the first, the latest and what lies evenly between them, however many come", () => {
  for (const most of [3, 7, 120]) {
    const kept = new Thinned<number>(most);
    for (let i = 0; i < 3000; i++) {
      kept.add(i);
      const { items } = kept;
      assertEquals([items[0], items.at(-1)], [0, i]);
      assert(items.length <= most && (i < most || 2 * items.length >= most), `${items}`);
      const apart = items.slice(1, -1).map((it, k) => it - items[k]);
      assert(new Set(apart).size <= 1, `${items}`);
    }
  }
});
