import { assertEquals, assertThrows } from "@std/assert";
import { unroll } from "../../../src/gpu/wgsl/unroll.ts";

const show = (source: string, constants: Record<string, number | boolean> = {}) =>
  unroll(source, constants).map(({ text, line }) => `${line}: ${text.trim()}`);

Deno.test("unroll() leaves unmarked loops alone", () => {
  const source = "for (var i = 0u; i < N; i++) {\n  a[i] = 0;\n}";
  assertEquals(unroll(source, { N: 2 }).map((l) => l.text).join("\n"), source);
});

Deno.test("unroll() writes a marked loop out, each line with the number it came from", () => {
  assertEquals(show("// head\nfor (var i = 0u; i < 2u; i++) { // unroll\n  a[i] = 0;\n}\nb();"), [
    "1: // head",
    "2: {",
    "3: a[0u] = 0;",
    "4: }",
    "2: {",
    "3: a[1u] = 0;",
    "4: }",
    "5: b();",
  ]);
});

Deno.test("unroll() writes out loops in loops, and counts braces of blocks but not of comments", () => {
  const source = [
    "for (var i = 0u; i < N; i++) { // unroll",
    "  if (i > 0u) { // }",
    "    for (var j = 0u; j < 1; j++) { // unroll",
    "      a[i][j] = ij;",
    "    }",
    "  }",
    "}",
  ].join("\n");
  assertEquals(show(source, { N: 2 }).filter((l) => l.startsWith("4")), [
    "4: a[0u][0u] = ij;",
    "4: a[1u][0u] = ij;",
  ]);
});

Deno.test("unroll() drops a loop of no rounds", () => {
  assertEquals(show("a();\nfor (var i = 0u; i < N; i++) { // unroll\n  b(i);\n}\nc();", { N: 0 }), [
    "1: a();",
    "5: c();",
  ]);
});

Deno.test("unroll() refuses bounds that are no constants and loops that are never closed", () => {
  const loop = "a();\nfor (var i = 0u; i < N; i++) { // unroll\n";
  assertThrows(
    () => unroll(`${loop}}`, {}),
    SyntaxError,
    "the loop in line 2: N is not a constant",
  );
  assertThrows(() => unroll(`${loop}}`, { N: true }), SyntaxError, "N is not a constant");
  assertThrows(() => unroll(loop, { N: 1 }), SyntaxError, "the loop in line 2: it is never closed");
});
