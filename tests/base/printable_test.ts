import { assertEquals } from "@std/assert";
import { printable, quoted } from "../../src/base/printable.ts";

Deno.test("quoted() writes control characters beyond ASCII so that a shell takes them for characters", () => {
  assertEquals(quoted("a\u0085b\u009f", false), "$'a\\u0085b\\u009f'");
  assertEquals(printable("a\u0085\x7f\u200e"), "a\\u0085\\x7f\\u200e");
});

Deno.test("quoted() on Windows leaves backslashes alone, and writes quotes that cmd and PowerShell take", () => {
  const words = {
    "runs\\cent-mnist-2+weight-center=0.1\\quick": "runs\\cent-mnist-2+weight-center=0.1\\quick",
    "folder:D:\\my pictures": '"folder:D:\\my pictures"',
    "D:\\my pictures\\": '"D:\\my pictures\\\\"',
    "@flowers": '"@flowers"', // PowerShell would take it for a variable's parts
    "D:\\$cash & co": "'D:\\$cash & co'", // PowerShell would look for a variable
    "it's `$1": "'it''s `$1'",
  };
  for (const [word, shown] of Object.entries(words)) assertEquals(quoted(word, true), shown);
});
