/** mod.ts works from anyone's folder: what it reaches needs no import map. */
import { assert, assertEquals } from "@std/assert";
import { granted } from "./permissions.ts";

/** Specifiers of static and dynamic imports and re-exports; those in comments do not count. */
function specifiers(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  return [...code.matchAll(/\b(?:from|import)\s*\(?\s*["']([^"'\n]+)["']/g)].map(([, it]) => it);
}

/** Whether a module means the same wherever it is imported from. */
function isPortable(specifier: string): boolean {
  return /^\.{1,2}\//.test(specifier) || specifier.startsWith("node:") ||
    /^npm:(@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+(\/|$)/.test(specifier);
}

Deno.test("specifiers() finds every kind of import, and none in a comment", () => {
  const source = `
    import a from "./a.ts";
    import {
      b,
    } from "../b.ts";
    import "./side_effect.ts";
    export * from 'npm:c@1.2.3';
    export { type D } from "@std/d";
    import text from "./k.wgsl" with { type: "text" };
    const e = await import("./e.ts");
    /** import { no } from "./no.ts"; */
    // import { no } from "./no.ts";
  `;
  assertEquals(specifiers(source), [
    "./a.ts",
    "../b.ts",
    "./side_effect.ts",
    "npm:c@1.2.3",
    "@std/d",
    "./k.wgsl",
    "./e.ts",
  ]);
});

Deno.test("isPortable() takes relative paths, node: and npm: with a whole version", () => {
  const portable = ["./a.ts", "../a.ts", "node:path", "npm:a@1.2.3", "npm:@a/b@1.2.3/c.js"];
  assertEquals(portable.filter((it) => !isPortable(it)), []);
  const others = [
    "@std/assert",
    "a",
    "npm:a",
    "npm:a@1",
    "npm:a@^1.2.3",
    "jsr:@std/a@1.2.3",
    "/a.ts",
  ];
  assertEquals([...others, "https://a/a.ts"].filter(isPortable), []);
});

Deno.test("mod.ts reaches nothing that needs an import map", async () => {
  if (!await granted("read")) return;
  const modules = [new URL("../mod.ts", import.meta.url).href], wrong: string[] = [];
  for (const module of modules) {
    if (!module.endsWith(".ts")) continue;
    for (const specifier of specifiers(await Deno.readTextFile(new URL(module)))) {
      if (!isPortable(specifier)) wrong.push(`${module}: ${specifier}`);
      if (!specifier.startsWith(".")) continue;
      const found = new URL(specifier, module).href;
      if (!modules.includes(found)) modules.push(found);
    }
  }
  assertEquals(wrong, []);
  assert(modules.some((it) => it.endsWith("/kernels/matmul.wgsl")), "the walk reaches the kernels");
});
