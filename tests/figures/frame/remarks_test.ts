import { assertEquals } from "@std/assert";
import { remarks } from "../../../src/figures/frame/remarks.ts";

const none = { outside: 0, notFinite: 0 };

Deno.test("remarks() says what is hidden, of samples, centers and marks", () => {
  assertEquals(remarks(0, none), "no samples");
  assertEquals(remarks(5, none, none, none), "");
  assertEquals(
    remarks(12000, { outside: 1500, notFinite: 2 }),
    "1,500 of 12,000 outside · 2 not finite",
  );
  assertEquals(remarks(5, none, { outside: 1, notFinite: 0 }), "1 center outside");
  assertEquals(
    remarks(5, none, { outside: 1, notFinite: 1 }, { outside: 0, notFinite: 1 }),
    "2 centers outside · 1 mark outside",
  );
  assertEquals(remarks(5, none, undefined, { outside: 3, notFinite: 0 }), "3 marks outside");
});
