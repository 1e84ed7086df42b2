/**
 * Arrays as textures, on adapters where those are cheaper to read.
 *
 * A software adapter pays some 270 ns for eight lanes' vec4 loads from a storage buffer (lane by lane, component by
 * component), and 35 ns for the same loads from a texture (docs/performance.md). A kernel therefore marks the arrays it
 * reads often or at length, and those it writes for others that do,
 *
 *     @group(0) @binding(1) var<storage, read> x: array<vec4<f32>>; // texture
 *     @group(0) @binding(2) var<storage, read_write> y: array<vec4<f32>>; // into texture
 *
 * and on such an adapter this pass declares both as textures, turns each `x[i]` into a load, and each `y[i] = value;`
 * into a store. The file stays valid WGSL without the pass, and other adapters run it as it stands. An array of
 * `read_write` may be marked `// texture` where every thread reads an element before it is written: it keeps its binding
 * for the stores, and what is read is its content before the dispatch. What goes `// into texture` is written from end
 * to end and never read.
 */
import { type TexelLayout, TEXELS } from "./texels.ts";
import type { SourceLine } from "./unroll.ts";

const MARKED =
  /@binding\((\d+)\) var<storage, (read|read_write)>\s*(\w+)\s*:\s*array<([\w<>]+)>\s*;\s*\/\/ (into )?texture\b/;

/** Which of a kernel's marked arrays are textures: none, those it reads, or those it writes, too. */
export type TextureUse = "none" | "read" | "all";

/** Names that stand for types, among a kernel's constants. */
type Aliases = Readonly<Record<string, unknown>>;

/** Where the textures of arrays that are also written are bound: beyond all other bindings. */
const TEXTURES_FROM = 32;

/** What a marked declaration says. */
export interface MarkedArray {
  name: string;
  type: string;
  layout: TexelLayout;
  /** Only read; read before it is written through its own binding; or only written. */
  access: "read" | "before" | "write";
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
  const [, index, access, name, declared, into] = MARKED.exec(line) ?? [];
  if (!name) return undefined;
  const type = String(aliases[declared] ?? declared);
  const layout = TEXELS[type];
  if (!layout) throw new SyntaxError(`Cannot put ${name} into a texture: array<${type}>`);
  if (into) return { name, type, layout, access: "write", index: Number(index) };
  if (access === "read") return { name, type, layout, access, index: Number(index) };
  return { name, type, layout, access: "before", index: Number(index) + TEXTURES_FROM };
}

/**
 * Rewrites a kernel so that its marked arrays are textures.
 *
 * @throws {SyntaxError} For an index or a store that does not end on its line, and for one that is neither.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { throughTextures } from "./texture_access.ts";
 *
 * const text = "@group(0) @binding(1) var<storage, read> x: array<f32>; // texture\nlet a = x[i + 1u];";
 * const lines = throughTextures(text.split("\n").map((text, i) => ({ text, line: i + 1 })), "read");
 * assertEquals(lines[0].text.split(": ")[1], "texture_storage_2d<r32float, read>;");
 * assertEquals(lines[2].text, "let a = texel_of_x(i + 1u);");
 * ```
 */
export function throughTextures(
  lines: readonly SourceLine[],
  use: TextureUse,
  aliases: Aliases = {},
  mostTextures = Infinity,
): SourceLine[] {
  const marked = lines.map(({ text }) => markedArray(text, aliases));
  const textures = texturesOf(marked.filter((array) => array !== undefined), use, mostTextures);
  const arrays = new Map(textures.map((array) => [array.name, array]));
  const declared = lines.flatMap((source, i) => {
    const array = marked[i] && arrays.get(marked[i].name);
    if (!array) return [source];
    const own = array.access === "before" ? [source.text] : [];
    return [...own, declaration(array), accessor(array)].map((text) => ({ ...source, text }));
  });
  if (arrays.size === 0) return declared;
  const access = new RegExp(`\\b(${[...arrays.keys()].join("|")})\\[`, "g");
  return declared.map((source) => ({ ...source, text: rewritten(source, access, arrays) }));
}

/**
 * Those of a kernel's marked arrays that are textures, of which a device may bind only so many (a page in Chromium: four):
 * the last of those that are read stay in buffers then.
 */
export function texturesOf(
  arrays: readonly MarkedArray[],
  use: TextureUse,
  mostTextures: number,
): MarkedArray[] {
  const read = use === "none" ? [] : arrays.filter(({ access }) => access !== "write");
  const written = use === "all" ? arrays.filter(({ access }) => access === "write") : [];
  const room = Math.max(0, mostTextures - written.length);
  return [...read.slice(0, room), ...written];
}

/** The texture's name: the array's, unless the array is still there. */
function textureOf({ name, access }: MarkedArray): string {
  return access === "before" ? `${name}_before` : name;
}

function declaration(array: MarkedArray): string {
  const { index, layout: { format }, access } = array;
  const direction = access === "write" ? "write" : "read";
  return `@group(0) @binding(${index}) var ${
    textureOf(array)
  }: texture_storage_2d<${format}, ${direction}>;`;
}

function accessor(array: MarkedArray): string {
  const { name, type, access, layout: { width } } = array, single = !type.startsWith("vec4");
  const at = `vec2<u32>(i & ${width - 1}u, i >> ${Math.log2(width)}u)`;
  if (access === "write") {
    const value = single ? `vec4<${type}>(value)` : "value";
    return `fn store_to_${name}(i: u32, value: ${type}) { textureStore(${name}, ${at}, ${value}); }`;
  }
  const load = `textureLoad(${textureOf(array)}, ${at})${single ? ".x" : ""}`;
  return `fn texel_of_${name}(i: u32) -> ${type} { return ${load}; }`;
}

/** `x[i]` as `texel_of_x(i)`, from the outermost in, and what is stored there as `store_to_x(i, value)`. */
function rewritten(
  source: SourceLine,
  access: RegExp,
  arrays: ReadonlyMap<string, MarkedArray>,
): string {
  const { text } = source;
  const comment = text.indexOf("//");
  let code = comment < 0 ? text : text.slice(0, comment);
  access.lastIndex = 0;
  for (let found = access.exec(code); found; found = access.exec(code)) {
    const open = found.index + found[0].length;
    const close = closing(code, open, source);
    const before = code.slice(0, found.index), index = code.slice(open, close);
    const after = code.slice(close + 1), stored = /^\s*=(?!=)\s*(.*);(\s*)$/.exec(after);
    const array = arrays.get(found[1])!;
    if (array.access === "before" && /^\s*=(?!=)/.test(after)) continue;
    if (array.access === "write" && !stored) {
      throw new SyntaxError(
        `Cannot write ${array.name} into a texture in ${
          place(source)
        }: it must be stored to, in one line`,
      );
    }
    const head = `${before}${array.access === "write" ? "store_to" : "texel_of"}_${array.name}(`;
    code = array.access === "write"
      ? `${head}${index}, ${stored![1]});${stored![2]}`
      : `${head}${index})${after}`;
    access.lastIndex = head.length;
  }
  return comment < 0 ? code : code + text.slice(comment);
}

/** Where a line stands, in words. */
function place({ line, file }: SourceLine): string {
  return `line ${line}${file ? ` of ${file}.wgsl` : ""}`;
}

function closing(code: string, from: number, source: SourceLine): number {
  let depth = 1;
  for (let i = from; i < code.length; i++) {
    depth += code[i] === "[" ? 1 : code[i] === "]" ? -1 : 0;
    if (depth === 0) return i;
  }
  throw new SyntaxError(
    `Cannot read through a texture in ${place(source)}: the index does not end on its line`,
  );
}
