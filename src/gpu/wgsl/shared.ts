/**
 * The texts that kernels share. A kernel that needs one says so in a comment on a line of its own,
 *
 *     // uses numbers.wgsl
 *
 * and gets all of `kernels/numbers.wgsl` behind its own text, with names for the types of as many numbers as its Element
 * has. What a kernel does not call is left out by the compiler. A shared text binds nothing: it reads the kernel's own
 * arrays and parameters, and is rewritten as the kernel's text is.
 */
import batchNorm from "../../../kernels/batch_norm_shared.wgsl" with { type: "text" };
import conv2dFinish from "../../../kernels/conv2d_finish.wgsl" with { type: "text" };
import numbers from "../../../kernels/numbers.wgsl" with { type: "text" };
import philox from "../../../kernels/philox.wgsl" with { type: "text" };
import places from "../../../kernels/places.wgsl" with { type: "text" };
import winograd from "../../../kernels/winograd.wgsl" with { type: "text" };
import { type SourceLine, unroll } from "./unroll.ts";

const FILES: Readonly<Record<string, string>> = {
  batch_norm_shared: batchNorm,
  conv2d_finish: conv2dFinish,
  numbers,
  philox,
  places,
  winograd,
};
const MARK = /^\/\/ uses (\w+)\.wgsl$/gm;
const OWN_ELEMENT = /^alias Element = ([\w<>]+);/m;

/**
 * The shared lines that follow a kernel's own.
 *
 * @param kernel The kernel's text.
 * @param element What its constants say that Element is, if they do; else its own `alias` counts, else it is `f32`.
 * @param constants Its constants, by which marked loops of the shared lines are unrolled.
 * @returns Nothing for a kernel without a mark.
 * @throws {SyntaxError} For a file that is not shared.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { sharedLines } from "./shared.ts";
 *
 * const [types] = sharedLines("// y = max(x, 0).\n// uses numbers.wgsl\n", "vec4<f32>");
 * assertEquals(types.text, "alias Bits = vec4<u32>; alias Bools = vec4<bool>;");
 * assertEquals(sharedLines("// y = x.\n", "f32"), []);
 * ```
 */
export function sharedLines(
  kernel: string,
  element?: string,
  constants: Record<string, unknown> = {},
): SourceLine[] {
  return [...kernel.matchAll(MARK)].flatMap(([, file]) => {
    if (!Object.hasOwn(FILES, file)) throw new SyntaxError(`No kernel can use ${file}.wgsl`);
    const lines = unroll(FILES[file].trimEnd(), constants).map((line) => ({ ...line, file }));
    const first = file === "numbers" ? typesOf(element ?? OWN_ELEMENT.exec(kernel)?.[1]) : "";
    return [{ text: first, line: 0, file }, ...lines];
  });
}

/** Names for the types of numbers.wgsl. */
function typesOf(element: string | undefined): string {
  const aliases = {
    ...(element ? {} : { Element: "f32" }),
    Bits: (element ?? "f32").replace("f32", "u32"),
    Bools: (element ?? "f32").replace("f32", "bool"),
  };
  return Object.entries(aliases).map(([name, type]) => `alias ${name} = ${type};`).join(" ");
}
