/**
 * Keeps lavapipe, Mesa's Vulkan on the CPU, from compiling a kernel anew for the values of its parameters.
 *
 * Lavapipe 22.3 (`lvp_inline_uniforms.c`, `update_inline_shader_state()`) looks for branches and loops whose conditions
 * come from uniforms alone, and compiles the kernel again with those values written in, each time it is bound; it gives
 * up only where that leaves about as much code as before. A loop of a few rounds, which is unrolled then, is compiled
 * before every dispatch, 60 ms a time (1 ms from the driver's cache), and none of the code is ever freed: 0.3 MB a
 * step of the ResNet. So on such an adapter a parameter is read together with a number that is always 0, though no
 * compiler can know that: the top bit of the number of workgroups, of which there are at most 65,535.
 */
import type { SourceLine } from "./unroll.ts";

const DECLARED = /var<uniform>\s*params\s*:/;
const GROUPS = /@builtin\(num_workgroups\)\s*(\w+)/;

/**
 * Rewrites a kernel so that no condition depends on uniforms alone.
 *
 * @param fields The `u32` fields of its `Params`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { opaqueParams } from "./opaque_params.ts";
 *
 * const lines = ["@group(0) @binding(0) var<uniform> params: Params;", "fn main() {", "if (params.size > 1u) {"];
 * assertEquals(opaqueParams(lines.map((text, i) => ({ text, line: i + 1 })), ["size"]).map(({ text }) => text), [
 *   "@group(0) @binding(0) var<uniform> params: Params;",
 *   "var<private> no_bits: u32;",
 *   "fn main(@builtin(num_workgroups) all_groups: vec3<u32>, ) {",
 *   "no_bits = all_groups.x >> 31u;",
 *   "if ((params.size | no_bits) > 1u) {",
 * ]);
 * ```
 */
export function opaqueParams(
  lines: readonly SourceLine[],
  fields: readonly string[],
): SourceLine[] {
  const main = lines.findIndex(({ text }) => /^fn main\(/.test(text));
  if (fields.length === 0 || main < 0) return [...lines];
  const open = lines.findIndex(({ text }, at) => at >= main && /\{\s*(\/\/.*)?$/.test(text));
  const named = lines.slice(main, open + 1).map(({ text }) => GROUPS.exec(text)?.[1])
    .find((name) => name !== undefined);
  const read = new RegExp(`\\bparams\\.(${fields.join("|")})\\b`, "g");
  return lines.flatMap((source, at) => {
    const { text } = source;
    const comment = text.indexOf("//"), end = comment < 0 ? text.length : comment;
    let code = text.slice(0, end).replace(read, "(params.$1 | no_bits)");
    if (at === main && !named) {
      code = code.replace("(", "(@builtin(num_workgroups) all_groups: vec3<u32>, ");
    }
    const after = DECLARED.test(text)
      ? ["var<private> no_bits: u32;"]
      : at === open
      ? [`no_bits = ${named ?? "all_groups"}.x >> 31u;`]
      : [];
    return [code + text.slice(end), ...after].map((text) => ({ ...source, text }));
  });
}
