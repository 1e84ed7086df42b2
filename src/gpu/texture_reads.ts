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
 * adapters run it as it stands. An array of `read_write` may be marked where every thread reads an element before it is
 * written: it keeps its binding for the stores, and what is read is its content before the dispatch.
 */
import type { SourceLine } from "./unroll.ts";

/** How the elements of a type lie in a texture: in rows of `width`, one texel each. */
export interface TexelLayout {
  format: "rgba32float" | "rgba32uint" | "r32float" | "r32sint" | "r32uint";
  /** Texels of a row. */
  width: number;
  /** Bytes of a texel. */
  bytes: number;
}

const LAYOUTS: Record<string, TexelLayout & { channels: string }> = {
  "vec4<f32>": { format: "rgba32float", width: 4096, bytes: 16, channels: "" },
  "vec4<u32>": { format: "rgba32uint", width: 4096, bytes: 16, channels: "" },
  f32: { format: "r32float", width: 8192, bytes: 4, channels: ".x" },
  i32: { format: "r32sint", width: 8192, bytes: 4, channels: ".x" },
  u32: { format: "r32uint", width: 8192, bytes: 4, channels: ".x" },
};

const MARKED =
  /@binding\((\d+)\) var<storage, (read|read_write)>\s*(\w+)\s*:\s*array<([\w<>]+)>\s*;\s*\/\/ texture\b/;

/** Names that stand for types, among a kernel's constants. */
type Aliases = Readonly<Record<string, unknown>>;

/** Where the textures of arrays that are also written are bound: beyond all other bindings. */
const TEXTURES_FROM = 32;

/** What a marked declaration says. */
export interface MarkedArray {
  name: string;
  type: string;
  layout: TexelLayout;
  /** True where the array keeps its own binding, for stores. */
  written: boolean;
  /** The texture's binding. */
  index: number;
}

/**
 * The array that a marked declaration declares, if the line is one.
 *
 * @param line A line of WGSL.
 * @throws {SyntaxError} For a marked array of a type that no texture holds.
 */
export function markedArray(
  line: string,
  aliases: Aliases = {},
): MarkedArray | undefined {
  const [, index, access, name, declared] = MARKED.exec(line) ?? [];
  if (!name) return undefined;
  const type = String(aliases[declared] ?? declared);
  const layout = LAYOUTS[type];
  if (!layout) throw new SyntaxError(`Cannot read ${name} through a texture: array<${type}>`);
  const written = access === "read_write";
  return { name, type, layout, written, index: Number(index) + (written ? TEXTURES_FROM : 0) };
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
export function readThroughTextures(
  lines: readonly SourceLine[],
  aliases: Aliases = {},
): SourceLine[] {
  const arrays = new Map<string, MarkedArray>();
  const declared = lines.flatMap(({ text, line }) => {
    const array = markedArray(text, aliases);
    if (!array) return [{ text, line }];
    arrays.set(array.name, array);
    const own = array.written ? [text] : [];
    return [...own, declaration(array), loader(array)].map((text) => ({ text, line }));
  });
  if (arrays.size === 0) return declared;
  const access = new RegExp(`\\b(${[...arrays.keys()].join("|")})\\[`, "g");
  return declared.map(({ text, line }) => ({ text: rewritten(text, access, arrays, line), line }));
}

/** The texture's name: the array's, unless the array is still there. */
function textureOf({ name, written }: MarkedArray): string {
  return written ? `${name}_before` : name;
}

function declaration(array: MarkedArray): string {
  const { index, layout: { format } } = array;
  return `@group(0) @binding(${index}) var ${
    textureOf(array)
  }: texture_storage_2d<${format}, read>;`;
}

function loader(array: MarkedArray): string {
  const { name, type } = array, { width, channels } = LAYOUTS[type];
  const at = `vec2<u32>(i & ${width - 1}u, i >> ${Math.log2(width)}u)`;
  const load = `textureLoad(${textureOf(array)}, ${at})${channels}`;
  return `fn texel_of_${name}(i: u32) -> ${type} { return ${load}; }`;
}

/** `x[i]` as `texel_of_x(i)`, from the outermost in, except where it is stored to. */
function rewritten(
  text: string,
  access: RegExp,
  arrays: ReadonlyMap<string, MarkedArray>,
  line: number,
): string {
  const comment = text.indexOf("//");
  let code = comment < 0 ? text : text.slice(0, comment);
  access.lastIndex = 0;
  for (let found = access.exec(code); found; found = access.exec(code)) {
    const open = found.index + found[0].length;
    const close = closing(code, open, line);
    const after = code.slice(close + 1);
    if (arrays.get(found[1])!.written && /^\s*=(?!=)/.test(after)) continue;
    const head = `${code.slice(0, found.index)}texel_of_${found[1]}(`;
    code = `${head}${code.slice(open, close)})${after}`;
    access.lastIndex = head.length;
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
