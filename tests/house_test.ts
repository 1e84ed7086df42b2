/**
 * The house: imports point one way and make no circle, portable rooms use nothing that a browser lacks, files and folders
 * stay small, and `mod.ts` works from anyone's folder.
 */
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path/posix";
import { granted } from "./permissions.ts";

/** The rooms in import order: a room imports from itself and from those above it. Files at the top are the room `faces`. */
const ROOMS = [
  "kernels",
  "src/base",
  "src/gpu",
  "src/tensor",
  "src/ops",
  "src/model",
  "src/losses",
  "src/optim",
  "src/dataset",
  "src/metrics",
  "src/train",
  "src/reference",
  "src/tune",
  "src/figures",
  "data/formats",
  "data/drawn",
  "lab",
  "data/download",
  "data/sets",
  "data/own",
  "cli",
  "lab/serve",
  "data",
  "experiments/rows",
  "experiments/plan",
  "experiments/flags",
  "experiments/run_folder",
  "faces",
  "experiments/events",
  "experiments/draw",
  "experiments/report_page",
  "experiments/runner",
  "experiments/studies",
  "experiments/compare",
  "experiments/engines",
  "experiments/report",
  "experiments/pages",
  "experiments/doctor",
  "experiments",
  "package",
  "bench",
];

/** Rooms without `Deno` (but `globalThis.Deno`) and `node:`; what the faces reach has neither, wherever it is. */
const PORTABLE = /^(src|data\/formats|data\/drawn)\//;

/** A row, an op, a loss, a twin has a file of its own. */
const FULL = /^(experiments\/rows|src\/(losses|ops|reference))$/;
const MOST_LINES = 300, MOST_FILES = 20;

/** Source files by their paths. */
type House = ReadonlyMap<string, string>;

/** The code without comments. */
function codeOf(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}

/** Specifiers of static and dynamic imports and re-exports; those in comments do not count. */
function specifiers(source: string): string[] {
  const found = codeOf(source).matchAll(/\b(?:from|import)\s*\(?\s*["']([^"'\n]+)["']/g);
  return [...found].map(([, it]) => it);
}

/** Paths of the sources that a file imports. */
function importsOf(path: string, source: string): string[] {
  const own = specifiers(source).filter((it) => /^\.{1,2}\/.*\.(ts|wgsl)$/.test(it));
  return [...new Set(own.map((it) => join(path, "..", it)))];
}

/** The innermost room around a file. */
function roomOf(path: string): string | undefined {
  if (!path.includes("/")) return "faces";
  const around = ROOMS.filter((room) => path.startsWith(`${room}/`));
  return around.sort((a, b) => b.length - a.length)[0];
}

/** Whether a module means the same wherever it is imported from. */
function needsNoImportMap(specifier: string): boolean {
  return /^(\.{1,2}\/|node:|npm:(@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+(\/|$))/.test(specifier);
}

/** Everything that is wrong with a house, sorted. */
function faultsOf(house: House): string[] {
  const imports = new Map([...house].map(([path, source]) => [path, importsOf(path, source)]));
  const reached = (...from: string[]) => {
    const all = new Set(from);
    for (const path of all) for (const next of imports.get(path) ?? []) all.add(next);
    return all;
  };
  const faults: string[] = [];
  for (const [path, targets] of imports) {
    const room = roomOf(path);
    if (room === undefined) faults.push(`in no room: ${path}`);
    for (const target of targets) {
      const other = roomOf(target);
      if (other === undefined || ROOMS.indexOf(other) > ROOMS.indexOf(room ?? "")) {
        faults.push(`wrong direction: ${path} -> ${target}`);
      }
      if (reached(target).has(path)) faults.push(`circle: ${path} -> ${target}`);
    }
  }
  const files = new Map<string, number>();
  const faces = reached(...[...house.keys()].filter((path) => roomOf(path) === "faces"));
  for (const [path, source] of house) {
    if (PORTABLE.test(path) || faces.has(path)) {
      const node = specifiers(source).filter((it) => it.startsWith("node:"));
      if (/(?<!["'`]|globalThis\.|typeof )\bDeno\s*[.?[]/.test(codeOf(source))) node.push("Deno");
      for (const api of node) faults.push(`not portable: ${path} uses ${api}`);
    }
    const lines = source.trimEnd().split("\n").length;
    if (lines > MOST_LINES) faults.push(`over ${MOST_LINES} lines: ${path}`);
    const folder = join(path, "..");
    files.set(folder, (files.get(folder) ?? 0) + 1);
  }
  for (const [folder, count] of files) {
    if (count > MOST_FILES && !FULL.test(folder)) {
      faults.push(`over ${MOST_FILES} files: ${folder}`);
    }
  }
  for (const path of faces) {
    const mapped = specifiers(house.get(path) ?? "").filter((it) => !needsNoImportMap(it));
    for (const it of mapped) faults.push(`needs an import map: ${path}: ${it}`);
  }
  return faults.sort();
}

/** The TypeScript of all rooms. */
function readHouse(): House {
  const root = new URL("../", import.meta.url), house = new Map<string, string>();
  const walk = (folder: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, root))) {
      const path = folder + name;
      if (isDirectory) walk(`${path}/`);
      else if (name.endsWith(".ts")) house.set(path, Deno.readTextFileSync(new URL(path, root)));
    }
  };
  for (const { name, isDirectory } of Deno.readDirSync(root)) {
    if (isDirectory && ROOMS.some((room) => `${room}/`.startsWith(`${name}/`))) walk(`${name}/`);
    else if (name.endsWith(".ts")) house.set(name, Deno.readTextFileSync(new URL(name, root)));
  }
  return house;
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

Deno.test("needsNoImportMap() takes relative paths, node: and npm: with a whole version", () => {
  const portable = ["./a.ts", "../a.ts", "node:path", "npm:a@1.2.3", "npm:@a/b@1.2.3/c.js"];
  assertEquals(portable.filter((it) => !needsNoImportMap(it)), []);
  const others = ["@std/a", "a", "npm:a", "npm:a@1", "npm:a@^1.2.3", "jsr:@std/a@1.2.3", "/a.ts"];
  assertEquals([...others, "https://a/a.ts"].filter(needsNoImportMap), []);
});

const lines = (count: number) => "a();\n".repeat(count);
const folder = (path: string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${path}/${i}.ts`, ""]));

/** What is wrong with a made-up house. */
const FAULTS: [name: string, house: Record<string, string>, faults: string[]][] = [
  ["a sound house", {
    "mod.ts": 'export * from "./src/ops/a.ts"; import "npm:a@1.2.3"; import "./deno.json";',
    "src/ops/a.ts": 'import "../../kernels/a.wgsl"; import "../base/system.ts"; // Deno.args',
    "src/base/system.ts": 'globalThis.Deno ?? {}; /** import "../ops/a.ts" */',
    "src/tensor/a.ts": 'Symbol.for("Deno.customInspect"); globalThis.Deno?.pid;',
    "data/cli.ts": lines(300) + "\n",
    "experiments/cli.ts": 'import "@std/a"; import "./rows/1.ts"; import "../data/cli.ts";',
    ...folder("experiments/rows", 21),
    ...folder("src/gpu", 20),
  }, []],
  ["a circle", {
    "src/gpu/a.ts": 'import type { B } from "./b.ts"; import "./d.ts";',
    "src/gpu/b.ts": 'export * from "./wgsl/c.ts";',
    "src/gpu/wgsl/c.ts": 'const a = await import("../a.ts");',
    "src/gpu/d.ts": "",
  }, [
    "circle: src/gpu/a.ts -> src/gpu/b.ts",
    "circle: src/gpu/b.ts -> src/gpu/wgsl/c.ts",
    "circle: src/gpu/wgsl/c.ts -> src/gpu/a.ts",
  ]],
  ["wrong directions", {
    "src/base/a.ts": 'import "../gpu/a.ts";',
    "lab/a.ts": 'import "../data/sets/a.ts";',
    "experiments/plan/a.ts": 'import "../cli.ts";',
    "bench/a.ts": 'import "../tests/a.ts";',
  }, [
    "wrong direction: bench/a.ts -> tests/a.ts",
    "wrong direction: experiments/plan/a.ts -> experiments/cli.ts",
    "wrong direction: lab/a.ts -> data/sets/a.ts",
    "wrong direction: src/base/a.ts -> src/gpu/a.ts",
  ]],
  ["a file in no room", { "src/a.ts": "" }, ["in no room: src/a.ts"]],
  ["what a browser lacks", {
    "src/base/cli.ts": "Deno.exit();",
    "data/formats/a.ts": 'import zlib from "node:zlib";',
    "data/sets/a.ts": "Deno.cwd();",
    "data/sets/b.ts": 'import "node:path"; const now = Deno.stat("a");',
    "data.ts": 'export * from "./data/sets/b.ts";',
  }, [
    "not portable: data/formats/a.ts uses node:zlib",
    "not portable: data/sets/b.ts uses Deno",
    "not portable: data/sets/b.ts uses node:path",
    "not portable: src/base/cli.ts uses Deno",
  ]],
  ["a long file", { "data/cli.ts": lines(301) }, ["over 300 lines: data/cli.ts"]],
  ["a full folder", folder("src/gpu", 21), ["over 20 files: src/gpu"]],
  ["an import map that mod.ts needs", {
    "mod.ts": 'import "./src/base/a.ts";',
    "src/base/a.ts": 'import "@std/csv"; import "npm:a";',
    "src/base/b.ts": 'import "@std/csv";',
  }, ["needs an import map: src/base/a.ts: @std/csv", "needs an import map: src/base/a.ts: npm:a"]],
];

for (const [name, house, faults] of FAULTS) {
  Deno.test(`faultsOf() ${name}`, () => {
    assertEquals(faultsOf(new Map(Object.entries(house))), faults);
  });
}

Deno.test("the house has no faults", async () => {
  if (!await granted("read")) return;
  const house = readHouse();
  assert(house.has("mod.ts") && house.has("src/ops/matmul.ts"), "the walk reaches the rooms");
  assertEquals(faultsOf(house), []);
});
