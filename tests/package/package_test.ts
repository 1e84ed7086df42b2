/** What packages are made of, without building one. */
import { assert, assertEquals } from "@std/assert";
import { resolve } from "node:path";
import { nameOf, packagesIn, withoutCache } from "../../package/bundle_text.ts";
import { declarationsFor, nodeFace, ownersIn, packageJson, packed } from "../../package/npm.ts";
import { exampleOf, readmeOf } from "../../package/readme.ts";
import { stagedFiles, withoutComments } from "../../package/stage.ts";
import { unpackTar } from "npm:modern-tar@0.8.6";
import { granted } from "../permissions.ts";

Deno.test("withoutComments() keeps lines where they are, and marks that mean something", () => {
  const kernel = `// Doubles.
//
// uses numbers.wgsl
@group(0) var<storage> x: array<f32>; // texture
fn main() {
  // twice
  for (var i = 0u; i < N; i++) { // unroll
  }
}
`;
  assertEquals(
    withoutComments(kernel),
    kernel.replace("// Doubles.\n//\n", "\n\n").replace("  // twice", ""),
  );
});

Deno.test("stagedFiles() follows imports of values and types, and makes modules of texts", () => {
  const files: Record<string, string> = {
    "mod.ts": 'export { a } from "./src/a.ts";\nexport type { B } from "./src/b.ts";\n',
    "src/a.ts": 'import k from "../kernels/k.wgsl" with {\n  type: "text",\n};\n' +
      'import { z } from "npm:z@1.0.0";\nconst c = await import("./c.ts");\n',
    "src/b.ts": 'import "./a.ts";\n',
    "src/c.ts": "",
    "src/unused.ts": "",
    "kernels/k.wgsl": '// A "kernel".\nfn main() {}\n',
  };
  const staged = stagedFiles({ ".": "./mod.ts" }, (path) => files[path]);
  assertEquals([...staged.keys()].sort(), [
    "kernels/k.wgsl.ts",
    "mod.ts",
    "src/a.ts",
    "src/b.ts",
    "src/c.ts",
  ]);
  assertEquals(
    staged.get("kernels/k.wgsl.ts"),
    'const text: string = "\\nfn main() {}\\n";\nexport default text;\n',
  );
  assertEquals(staged.get("src/a.ts")!.split("\n")[0], 'import k from "../kernels/k.wgsl.ts";');
  assertEquals(staged.get("mod.ts"), files["mod.ts"]);
});

Deno.test("exampleOf() is the first example of the library's page, for somebody who installed it", async () => {
  if (!await granted("read")) return;
  const library = await Deno.readTextFile(new URL("../../docs/library.md", import.meta.url));
  const example = exampleOf(library, "@a/b");
  assert(example.includes('} from "@a/b";\n'), example);
  assert(example.endsWith("console.log(await step().item()); // below 0.01\n"), example);
  assertEquals(/assert|npm:|\.ts"/.test(example), false, example);
  assertEquals(
    readmeOf("# NAME\n\nEXAMPLE\n", "```ts\nf($&);\n```\n", "b"),
    "# b\n\n```ts\nf($&);\n```\n",
  );
});

Deno.test("packageJson() sends Node and Bun to faces that find webgpu, and all others past them", () => {
  const manifest = { name: "a", version: "1.2.3", license: "MIT", exports: { "./b": "./b.ts" } };
  const { exports, peerDependenciesMeta } = JSON.parse(packageJson(manifest));
  const conditions = Object.entries(exports["./b"]);
  assertEquals(conditions.map(([it]) => it), [
    "types",
    "deno",
    "browser",
    "bun",
    "node",
    "default",
  ]);
  assertEquals([exports["./b"].node, exports["./b"].default], ["./node/b.js", "./esm/b.js"]);
  assertEquals(peerDependenciesMeta.webgpu, { optional: true });
  assertEquals(
    nodeFace("./b.ts"),
    'import "../esm/package/node.js";\nexport * from "../esm/b.js";\n',
  );
});

Deno.test("declarationsFor() names declarations as modules, and the library of Disposable", () => {
  assertEquals(
    declarationsFor(
      'import type { A } from "../a.ts"; type B = import("./b.ts").B; from "npm:c.ts";',
    ),
    'import type { A } from "../a.js"; type B = import("./b.js").B; from "npm:c.ts";',
  );
  for (const text of ["declare class A { [Symbol.dispose](): void; }", "type B = Disposable;"]) {
    assertEquals(declarationsFor(text), `/// <reference lib="esnext.disposable" />\n${text}`);
  }
});

Deno.test("ownersIn() finds whose a source is in its comments", () => {
  const source = `// Copyright 2018-2026 the authors. MIT license.
// Copyright 2011 others. BSD license.
// https://example.org/LICENSE
// Not that of copyright.
/* vim */
/*
   Copyright (c) 2011 somebody
   All rights reserved.
*/
const copyright = "1999";
`;
  assertEquals(ownersIn(source), [
    "Copyright 2018-2026 the authors. MIT license.",
    "Copyright 2011 others. BSD license.\nhttps://example.org/LICENSE",
    "Copyright (c) 2011 somebody\n   All rights reserved.",
  ]);
});

Deno.test("packed() gives the same bytes for the same files, in npm's folder", async () => {
  const files: [string, string][] = [["b/c.js", "é"], ["a.js", ""]];
  const archive = await packed(new Map(files));
  assertEquals(archive, await packed(new Map(files.toReversed())));
  const unpacked = new Blob([archive]).stream().pipeThrough(new DecompressionStream("gzip"));
  assertEquals(
    (await unpackTar(unpacked)).map(({ header, data }) => [
      header.name,
      new TextDecoder().decode(data),
    ]),
    [["package/a.js", ""], ["package/b/c.js", "é"]],
  );
});

Deno.test("packages in a bundle are found wherever they lie, and the bundle does not say where", async () => {
  const places = ["../../.cache/deno", "../../Zoë B/deno", "/home/Zoë B/deno"];
  for (const place of places) {
    const folder = `${place}/npm/registry.npmjs.org/@noble/hashes/2.4.0`;
    const bundle = `// ${folder}/sha2.js\nrequire("a", "${folder}/sha2.js"(exports));\n`;
    const [found, ...more] = packagesIn(bundle, resolve("dist"));
    assertEquals(found, {
      ...{ name: "@noble/hashes", version: "2.4.0", file: "sha2.js" },
      folder: resolve("dist", folder),
    });
    assertEquals(more, []);
    assertEquals(await nameOf(bundle), "noble.hashes.2.4.0.sha2");
    assertEquals(
      withoutCache(bundle).split("\n")[1],
      'require("a", "@noble/hashes/2.4.0/sha2.js"(exports));',
    );
  }
});
