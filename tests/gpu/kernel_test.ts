import { assertEquals, assertThrows } from "@std/assert";
import type { AdapterFacts } from "../../src/gpu/adapter/facts.ts";
import type { Backend } from "../../src/gpu/adapter/backend.ts";
import { dialectOf } from "../../src/gpu/wgsl/dialect.ts";
import { Kernel } from "../../src/gpu/kernel.ts";
import { granted } from "../permissions.ts";

const TEXT = `// A kernel that does nothing.
struct Params {
  size: u32, // a comment, with a comma: u32,
  scale: f32,
  shape: array<vec4<u32>, 2>,
  shift: i32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(64)
fn main() {
}
`;

const VECTORS = "alias Bits = vec4<u32>; alias Bools = vec4<bool>;";

Deno.test("Kernel reads its bindings off the text", () => {
  assertEquals(new Kernel("k", TEXT).bindings(), [
    { index: 0, name: "params", kind: "uniform" },
    { index: 1, name: "x", kind: "read-only-storage" },
    { index: 2, name: "y", kind: "storage" },
  ]);
});

Deno.test("Kernel knows how its marked arrays lie in a texture", () => {
  const marked = new Kernel("k", TEXT.replace("x: array<f32>;", "x: array<f32>; // texture"));
  assertEquals(marked.bindings({}, "read").map((b) => b.texels?.format), [
    undefined,
    "r32float",
    undefined,
  ]);
});

Deno.test("packParams() lays fields out as WGSL does", () => {
  const kernel = new Kernel("k", TEXT);
  const words = kernel.packParams({ size: 7, scale: 0.5, shape: [1, 2, 3, 4, 5], shift: -1 });
  assertEquals(kernel.paramBytes, 64);
  assertEquals([...words.slice(0, 2)], [7, 0x3f000000]);
  assertEquals([...words.slice(4, 12)], [1, 2, 3, 4, 5, 0, 0, 0]); // arrays start at a multiple of 16 bytes
  assertEquals(words[12], 0xffffffff);
});

Deno.test("checkConstants() refuses what would not compile", () => {
  const kernel = new Kernel("k", TEXT);
  kernel.checkConstants({ RANK: 0, TOGETHER: false, Element: "f32" });
  for (const value of [undefined, -1, 1.5, NaN, () => 1]) {
    assertThrows(
      () => kernel.checkConstants({ RULE: value as number }),
      TypeError,
      `k: the constant RULE is ${value}; it must be a whole number from 0`,
    );
  }
});

Deno.test("packParams() refuses a missing, an unknown and an overlong field", () => {
  const kernel = new Kernel("k", TEXT);
  const params = { size: 7, scale: 0.5, shape: [1], shift: 0 };
  assertThrows(
    () => kernel.packParams({ ...params, size: undefined as unknown as number }),
    TypeError,
    "k: no value for params.size",
  );
  assertThrows(
    () => kernel.packParams({ ...params, sise: 7 }),
    TypeError,
    "k: params.sise is not in the kernel",
  );
  assertThrows(
    () => kernel.packParams({ ...params, shape: Array(9).fill(1) }),
    TypeError,
    "k: 9 values for params.shape",
  );
  assertThrows(
    () => kernel.packParams({ ...params, size: [1, 2] }),
    TypeError,
    "k: 2 values for params.size",
  );
});

Deno.test("compiledLines() puts constants on a line of their own before the file", () => {
  const [head, first] = new Kernel("k", TEXT).compiledLines({ N: 3, RELU: true });
  assertEquals(head, { text: "const N: u32 = 3u; const RELU: bool = true;", line: 0 });
  assertEquals(first.line, 1);
});

Deno.test("compiledLines() puts the shared functions behind a kernel that asks for them", () => {
  const asking = new Kernel("k", `// uses numbers.wgsl\n${TEXT}`);
  const shared = (kernel: Kernel, constants = {}) =>
    kernel.compiledLines(constants).filter(({ file }) => file !== undefined);
  assertEquals(shared(new Kernel("k", TEXT)), []);
  assertEquals(shared(asking)[0], {
    text: "alias Element = f32; alias Bits = u32; alias Bools = bool;",
    line: 0,
    file: "numbers",
  });
  assertEquals(shared(asking, { Element: "vec4<f32>" })[0].text, VECTORS);
  const vectors = new Kernel("k", `${asking.text}\nalias Element = vec4<f32>;\n`);
  assertEquals(shared(vectors)[0].text, VECTORS);
  assertEquals(
    asking.compiledLines({}).findIndex(({ file }) => file) - 1,
    asking.text.split("\n").length,
  );
  const [, line] = shared(new Kernel("k", `// uses philox.wgsl\n${TEXT}`));
  assertEquals([line.line, line.file, line.text.includes("Philox")], [1, "philox", true]);
  assertThrows(
    () => shared(new Kernel("k", `// uses prelu.wgsl\n${TEXT}`)),
    SyntaxError,
    "No kernel can use prelu.wgsl",
  );
});

Deno.test("compiledLines() rewrites shared functions as the kernel's own text, and remembers their lines", async () => {
  if (!await granted("read")) return;
  const file = "conv2d_finish";
  const kernel = new Kernel(
    "k",
    [
      `// uses ${file}.wgsl`,
      "struct Params { out4: u32, slopes: u32, add_residual: u32, }",
      "@group(0) @binding(0) var<uniform> params: Params;",
      "@group(0) @binding(4) var<storage, read> residual: array<vec4<f32>>; // texture",
      "@group(0) @binding(6) var<storage, read_write> y: array<vec4<f32>>; // into texture",
      "fn main() {",
      "}",
    ].join("\n"),
  );
  const source = Deno.readTextFileSync(new URL(`../../kernels/${file}.wgsl`, import.meta.url));
  const own = source.split("\n");
  const changed = kernel.compiledLines({}, "all", { opaque: true })
    .filter((it) => it.file === file && it.line > 0 && it.text !== own[it.line - 1])
    .map(({ text, line }) => `${own[line - 1].trim()} -> ${text.trim()}`);
  assertEquals(changed.slice(-3), [
    "if (params.add_residual != 0u) { -> if ((params.add_residual | no_bits) != 0u) {",
    "value += residual[at]; -> value += texel_of_residual(at);",
    "y[at] = value; -> store_to_y(at, value);",
  ]);
  assertEquals(changed.length, 5, "and where out4 and slopes are read");
});

Deno.test("compiledLines() enables subgroups for a kernel that uses them, where the compiler knows the line", () => {
  const uses = new Kernel("k", `${TEXT}\nfn f(x: f32) -> f32 { return subgroupBroadcast(x, 0u); }`);
  const first = (kernel: Kernel, enableSubgroups: boolean) =>
    kernel.compiledLines({ N: 3 }, "none", { enableSubgroups })[0].text;
  assertEquals(first(uses, true), "enable subgroups;");
  assertEquals(first(uses, false), "const N: u32 = 3u;");
  assertEquals(first(new Kernel("k", TEXT), true), "const N: u32 = 3u;");
});

Deno.test("dialectOf() disguises parameters for llvmpipe's Vulkan alone, and enables what is listed", () => {
  const of = (description: string, backend: Backend, features: string[] = []) => {
    const limits = { maxStorageTexturesPerShaderStage: 4 };
    return dialectOf({ description, backend, features, limits } as unknown as AdapterFacts);
  };
  const plain = { enableSubgroups: false, opaque: false, mostTextures: 4 };
  assertEquals(of("llvmpipe (LLVM 15.0.6, 256 bits)", "vulkan"), { ...plain, opaque: true });
  for (const backend of ["opengl", "unknown"] as const) {
    assertEquals(of("llvmpipe (LLVM 15.0.6, 256 bits)", backend), plain);
  }
  assertEquals(of("SwiftShader Device", "vulkan"), plain);
  const browser = of("SwiftShader Device", "unknown", ["subgroups"]);
  assertEquals(browser, { ...plain, enableSubgroups: true });
});

Deno.test("bindings() and compiledLines() agree on which arrays are textures", () => {
  const marked = TEXT.replace("x: array<f32>;", "x: array<f32>; // texture")
    .replace("y: array<f32>;", "y: array<f32>; // into texture");
  const kernel = new Kernel("k", marked);
  for (const [mostTextures, names] of [[2, ["x", "y"]], [1, ["y"]]] as const) {
    const bound = kernel.bindings({}, "all", mostTextures).filter(({ texels }) => texels);
    assertEquals(bound.map(({ name }) => name), [...names]);
    const lines = kernel.compiledLines({}, "all", { mostTextures }).map(({ text }) => text);
    const declared = [...lines.join("\n").matchAll(/var (\w+): texture_storage_2d/g)];
    assertEquals(declared.map(([, name]) => name), [...names]);
  }
});
