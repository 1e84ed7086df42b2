import { assertEquals } from "@std/assert";
import { printable, quoted } from "../../src/base/printable.ts";

Deno.test("quoted() writes control characters beyond ASCII so that a shell takes them for characters", () => {
  assertEquals(quoted("a\u0085b\u009f"), "$'a\\u0085b\\u009f'");
  assertEquals(printable("a\u0085\x7f\u200e"), "a\\u0085\\x7f\\u200e");
});
