import { assertEquals, assertThrows } from "@std/assert";
import {
  markedArray,
  texturesOf,
  type TextureUse,
  throughTextures,
} from "../../../src/gpu/wgsl/texture_access.ts";

const HEAD = "@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>; // texture";

const show = (source: string, use: TextureUse = "read") =>
  throughTextures(source.split("\n").map((text, i) => ({ text, line: i + 1 })), use)
    .map(({ text, line }) => `${line}: ${text}`);

Deno.test("markedArray() finds marked declarations and no others", () => {
  assertEquals(markedArray(HEAD)?.name, "x");
  assertEquals(markedArray(HEAD)?.layout.format, "rgba32float");
  assertEquals(markedArray(HEAD.replace(" // texture", ""))?.name, undefined);
  assertEquals(markedArray("let a = x[0];"), undefined);
});

Deno.test("throughTextures() leaves a kernel without marks as it is", () => {
  assertEquals(show("let a = x[0];"), ["1: let a = x[0];"]);
});

Deno.test("throughTextures() rewrites indices within indices, and not comments or other names", () => {
  assertEquals(show(`${HEAD}\n a = x[at[i] + u32(x[b[0]].y)][q] + xx[i] + y.x; // x[i]`).slice(2), [
    "2:  a = texel_of_x(at[i] + u32(texel_of_x(b[0]).y))[q] + xx[i] + y.x; // x[i]",
  ]);
});

Deno.test("throughTextures() declares the texture and its loader in the line of the array", () => {
  assertEquals(show(HEAD), [
    "1: @group(0) @binding(1) var x: texture_storage_2d<rgba32float, read>;",
    "1: fn texel_of_x(i: u32) -> vec4<f32> " +
    "{ return textureLoad(x, vec2<u32>(i & 4095u, i >> 12u)); }",
  ]);
});

Deno.test("throughTextures() leaves stores to an array that is also written", () => {
  const head = HEAD.replace("storage, read", "storage, read_write");
  assertEquals(show(`${head}\n x[i] = x[j] + f(x[i] == x[k]);`), [
    `1: ${head}`,
    "1: @group(0) @binding(33) var x_before: texture_storage_2d<rgba32float, read>;",
    "1: fn texel_of_x(i: u32) -> vec4<f32> " +
    "{ return textureLoad(x_before, vec2<u32>(i & 4095u, i >> 12u)); }",
    "2:  x[i] = texel_of_x(j) + f(texel_of_x(i) == texel_of_x(k));",
  ]);
});

Deno.test("throughTextures() knows types by their aliases", () => {
  const lines = [{ text: HEAD.replace("vec4<f32>", "Element"), line: 1 }];
  assertEquals(
    throughTextures(lines, "read", { Element: "f32" })[0].text,
    "@group(0) @binding(1) var x: texture_storage_2d<r32float, read>;",
  );
});

Deno.test("throughTextures() refuses what it cannot do", () => {
  assertThrows(() => show(`${HEAD}\nlet a = x[i +\n1u];`), SyntaxError, "line 2");
  assertThrows(() => markedArray(HEAD.replace("f32", "f16")), SyntaxError, "array<vec4<f16>>");
});

Deno.test("throughTextures() turns stores into what goes into a texture, and loads from others within them", () => {
  const into = "@group(0) @binding(2) var<storage, read_write> y: array<f32>; // into texture";
  const source = `${HEAD}\n${into}\n  y[at[i] + 1u] = x[i].w; // y[i]`;
  assertEquals(show(source, "all").slice(2), [
    "2: @group(0) @binding(2) var y: texture_storage_2d<r32float, write>;",
    "2: fn store_to_y(i: u32, value: f32) " +
    "{ textureStore(y, vec2<u32>(i & 8191u, i >> 13u), vec4<f32>(value)); }",
    "3:   store_to_y(at[i] + 1u, texel_of_x(i).w); // y[i]",
  ]);
  assertEquals(show(source).slice(2), [
    `2: ${into}`,
    "3:   y[at[i] + 1u] = texel_of_x(i).w; // y[i]",
  ]);
});

Deno.test("throughTextures() refuses to read what goes into a texture, or to add to it", () => {
  const into = HEAD.replace("storage, read", "storage, read_write").replace("//", "// into");
  assertThrows(
    () => show(`${into}\n x[i] += a;`, "all"),
    SyntaxError,
    "Cannot write x into a texture in line 2",
  );
  assertThrows(() => show(`${into}\n let a = x[i];`, "all"), SyntaxError, "stored to, in one line");
  assertThrows(() => show(`${into}\n x[i] = a +\n b;`, "all"), SyntaxError, "line 2");
  const lines = [{ text: into, line: 1 }, { text: "x[i] += a;", line: 9, file: "shared" }];
  assertThrows(() => throughTextures(lines, "all"), SyntaxError, "in line 9 of shared.wgsl");
});

Deno.test("texturesOf() leaves the last of those that are read in buffers where a device binds fewer", () => {
  const declared = [
    HEAD,
    HEAD.replace("(1)", "(2)").replace("x:", "weight:"),
    HEAD.replace("(1)", "(3)").replace("x:", "residual:"),
    HEAD.replace("(1)", "(4)").replace("read>", "read_write>").replace("x:", "y:").replace(
      "// texture",
      "// into texture",
    ),
  ];
  const arrays = declared.map((line) => markedArray(line)!);
  const names = (use: TextureUse, most: number) =>
    texturesOf(arrays, use, most).map(({ name }) => name);
  assertEquals(names("all", 4), ["x", "weight", "residual", "y"]);
  assertEquals(names("all", 3), ["x", "weight", "y"]);
  assertEquals(names("all", 1), ["y"]);
  assertEquals(names("read", 4), ["x", "weight", "residual"]);
  assertEquals(names("read", 2), ["x", "weight"]);
  assertEquals(names("none", 4), []);
  const lines = declared.map((text, i) => ({ text, line: i + 1 }));
  const kept = throughTextures(lines, "all", {}, 3).map(({ text }) => text);
  assertEquals(kept.includes(declared[2]), true);
  assertEquals(kept.filter((text) => text.includes("texture_storage_2d")).length, 3);
});
