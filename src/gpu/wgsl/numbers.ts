/**
 * The text that kernels share. A kernel that needs it says so in a comment of its own line,
 *
 *     // uses numbers.wgsl
 *
 * and gets all of `kernels/numbers.wgsl` behind its own text, with names for the types of as many numbers as its Element
 * has. What a kernel does not call is left out by the compiler.
 */
import text from "../../../kernels/numbers.wgsl" with { type: "text" };
import type { SourceLine } from "./unroll.ts";

/** The file, as compiler errors name it. */
export const NUMBERS = "numbers";

const MARK = /^\/\/ uses numbers\.wgsl$/m;
const OWN_ELEMENT = /^alias Element = ([\w<>]+);/m;

/**
 * The shared lines that follow a kernel's own.
 *
 * @param kernel The kernel's text.
 * @param element What its constants say that Element is, if they do; else its own `alias` counts, else it is `f32`.
 * @returns Nothing for a kernel without the mark.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { sharedLines } from "./numbers.ts";
 *
 * const [types] = sharedLines("// y = max(x, 0).\n// uses numbers.wgsl\n", "vec4<f32>");
 * assertEquals(types.text, "alias Bits = vec4<u32>; alias Bools = vec4<bool>;");
 * assertEquals(sharedLines("// y = x.\n", "f32"), []);
 * ```
 */
export function sharedLines(kernel: string, element?: string): SourceLine[] {
  if (!MARK.test(kernel)) return [];
  const own = element ?? OWN_ELEMENT.exec(kernel)?.[1];
  const aliases = {
    ...(own ? {} : { Element: "f32" }),
    Bits: (own ?? "f32").replace("f32", "u32"),
    Bools: (own ?? "f32").replace("f32", "bool"),
  };
  const types = Object.entries(aliases).map(([name, type]) => `alias ${name} = ${type};`).join(" ");
  const lines = text.trimEnd().split("\n");
  return [types, ...lines].map((text, line) => ({ text, line, file: NUMBERS }));
}
