/**
 * Reading arrays through textures, on adapters where that is cheaper.
 *
 * A software adapter pays some 270 ns for eight lanes' vec4 loads from a storage buffer (lane by lane, component by
 * component), and 35 ns for the same loads from a texture (docs/performance.md). A kernel therefore marks the arrays it
 * reads often or at length,
 *
 *     @group(0) @binding(1) var<storage, read> x: array<vec4<f32>>; // texture
 *
 * and on such an adapter this pass declares `x` as a texture and turns each `x[i]` into a load from it; the elements are
 * copied there before the dispatch, at the speed of memory. The file stays valid WGSL without the pass, and other
 * adapters run it as it stands.
 */
import type { SourceLine } from "./unroll.ts";

/** How the elements of a type lie in a texture: in rows of `width`, one texel each. */
export interface TexelLayout {
  format: "rgba32float" | "r32float" | "r32sint" | "r32uint";
  /** Texels of a row. */
  width: number;
  /** Bytes of a texel. */
  bytes: number;
}

const LAYOUTS: Record<string, TexelLayout & { channels: string }> = {
  "vec4<f32>": { format: "rgba32float", width: 4096, bytes: 16, channels: "" },
  f32: { format: "r32float", width: 8192, bytes: 4, channels: ".x" },
  i32: { format: "r32sint", width: 8192, bytes: 4, channels: ".x" },
  u32: { format: "r32uint", width: 8192, bytes: 4, channels: ".x" },
};

const MARKED = /var<storage, read>\s*(\w+)\s*:\s*array<([\w<>]+)>\s*;\s*\/\/ texture\b/;

/**
 * The layout of the array that a marked declaration declares.
 *
 * @param line A line of WGSL.
 * @throws {SyntaxError} For a marked array of a type that no texture holds.
 */
export function markedArray(line: string): { name: string; layout: TexelLayout } | undefined {
  const [, name, type] = MARKED.exec(line) ?? [];
  if (!name) return undefined;
  const layout = LAYOUTS[type];
  if (!layout) throw new SyntaxError(`Cannot read ${name} through a texture: array<${type}>`);
  return { name, layout };
}

/**
 * Rewrites a kernel so that its marked arrays are textures.
 *
 * @throws {SyntaxError} For an index that does not end on its line.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { readThroughTextures } from "./texture_reads.ts";
 *
 * const text = "@group(0) @binding(1) var<storage, read> x: array<f32>; // texture\nlet a = x[i + 1u];";
 * const lines = readThroughTextures(text.split("\n").map((text, i) => ({ text, line: i + 1 })));
 * assertEquals(lines[0].text.split(": ")[1], "texture_storage_2d<r32float, read>;");
 * assertEquals(lines[2].text, "let a = texel_of_x(i + 1u);");
 * ```
 */
export function readThroughTextures(lines: readonly SourceLine[]): SourceLine[] {
  const names: string[] = [];
  const declared = lines.flatMap(({ text, line }) => {
    const array = markedArray(text);
    if (!array) return [{ text, line }];
    names.push(array.name);
    return [declaration(text, array.name), loader(text, array.name)].map((text) => ({
      text,
      line,
    }));
  });
  if (names.length === 0) return declared;
  const access = new RegExp(`\\b(${names.join("|")})\\[`);
  return declared.map(({ text, line }) => ({ text: rewritten(text, access, line), line }));
}

function typeOf(declared: string): string {
  return MARKED.exec(declared)![2];
}

function declaration(declared: string, name: string): string {
  const { format } = LAYOUTS[typeOf(declared)];
  const head = declared.slice(0, declared.indexOf("var<"));
  return `${head}var ${name}: texture_storage_2d<${format}, read>;`;
}

function loader(declared: string, name: string): string {
  const type = typeOf(declared), { width, channels } = LAYOUTS[type];
  const at = `vec2<u32>(i & ${width - 1}u, i >> ${Math.log2(width)}u)`;
  return `fn texel_of_${name}(i: u32) -> ${type} { return textureLoad(${name}, ${at})${channels}; }`;
}

/** `x[i]` as `texel_of_x(i)`, from the innermost out. */
function rewritten(text: string, access: RegExp, line: number): string {
  const comment = text.indexOf("//");
  let code = comment < 0 ? text : text.slice(0, comment);
  for (let found = access.exec(code); found; found = access.exec(code)) {
    const open = found.index + found[0].length;
    const close = closing(code, open, line);
    code = `${code.slice(0, found.index)}texel_of_${found[1]}(${code.slice(open, close)})${
      code.slice(close + 1)
    }`;
  }
  return comment < 0 ? code : code + text.slice(comment);
}

function closing(code: string, from: number, line: number): number {
  let depth = 1;
  for (let i = from; i < code.length; i++) {
    depth += code[i] === "[" ? 1 : code[i] === "]" ? -1 : 0;
    if (depth === 0) return i;
  }
  throw new SyntaxError(
    `Cannot read through a texture in line ${line}: the index does not end on its line`,
  );
}
