/** The package for npm: modules, types, and what tells runtimes which is whose. */
import { packTar } from "npm:modern-tar@0.8.6";
import { basename, join } from "node:path";
import { RunError } from "../src/base/errors.ts";
import type { Bundled } from "./esm.ts";
import type { Faces } from "./stage.ts";

/** What `deno.json` says of the package. */
export interface Manifest {
  name: string;
  version: string;
  license: string;
  exports: Faces;
}

/** Node and Bun load this before a face. */
export const NODE = "package/node.ts";

/** A file name without its end. */
const stem = (path: string) => basename(path, ".ts");

/** `package.json`. */
export function packageJson({ name, version, license, exports }: Manifest): string {
  const faces = Object.entries(exports).map(([face, path]) => {
    const all = `./esm/${stem(path)}.js`, node = `./node/${stem(path)}.js`;
    const types = `./types/${stem(path)}.d.ts`;
    return [face, { types, deno: all, browser: all, bun: node, node, default: all }];
  });
  const content = {
    ...{ name, version, license, type: "module" },
    description: "Center loss and its relatives on WebGPU, for Deno, browsers, Node and Bun",
    keywords: ["center loss", "webgpu", "deep learning", "metric learning"],
    exports: Object.fromEntries(faces),
    sideEffects: ["./node/*.js", "./esm/package/node.js"],
    engines: { node: ">=24", deno: ">=2.9" },
    peerDependencies: { webgpu: ">=0.6.2", "@webgpu/types": "*" },
    peerDependenciesMeta: { webgpu: { optional: true }, "@webgpu/types": { optional: true } },
  };
  return JSON.stringify(content, undefined, 2) + "\n";
}

/** What Node and Bun load as a face. */
export function nodeFace(path: string): string {
  return `import "../esm/package/node.js";\nexport * from "../esm/${stem(path)}.js";\n`;
}

/** The library of TypeScript that a declaration needs where a project names older ones. */
const DISPOSABLE = '/// <reference lib="esnext.disposable" />\n';

/** Declarations that name each other as a reader of types looks for them, and the library that they need. */
export function declarationsFor(sources: string): string {
  const declarations = sources.replace(
    /(\b(?:from|import)\s*\(?\s*["'])(\.{1,2}\/[^"'\n]+)\.ts(["'])/g,
    "$1$2.js$3",
  );
  return (/\bDisposable\b|\bSymbol\.dispose\b/.test(sources) ? DISPOSABLE : "") + declarations;
}

/** Comments of a source file that say whose it is. */
export function ownersIn(source: string): string[] {
  const comments = source.match(/\/\*[\s\S]*?\*\/|^\/\/.*(?:\n\/\/ https?:.*)?$/gm) ?? [];
  return comments.filter((it) => /\bcopyright\b.*\d{4}/i.test(it))
    .map((it) => it.replace(/^\/[*/]+ ?|\*+\/$/gm, "").trim());
}

/**
 * The licenses of what is bundled: a package's file, and what single sources of it say.
 *
 * @param mit The text of that license, for packages that only name it; they say in their sources whose they are.
 */
export async function notices(bundled: readonly Bundled[], mit: string): Promise<string> {
  const parts = await Promise.all(bundled.map(async ({ name, version, folder, files }) => {
    const own = [...Deno.readDirSync(folder)].find((it) => /^(licen[cs]e|copying)/i.test(it.name));
    const { license } = JSON.parse(await Deno.readTextFile(join(folder, "package.json")));
    const sources = await Promise.all(files.map((it) => Deno.readTextFile(join(folder, it))));
    const owners = [...new Set(sources.flatMap(ownersIn))].sort();
    if (!own && (license !== "MIT" || owners.length === 0)) {
      throw new RunError(`Cannot bundle ${name}: no file says what its license ${license} is`);
    }
    const text = own
      ? [await Deno.readTextFile(join(folder, own.name)), ...owners].join("\n\n")
      : mit.replace(/^Copyright .*$/m, () => owners.join("\n"));
    return `## ${name} ${version}\n\n${text.trim().replace(/^/gm, "    ")}\n`;
  }));
  return `# What is bundled, and its licenses\n\n${parts.join("\n")}`;
}

/** A folder as npm publishes it: `package/...` in a packed tape archive, the same bytes for the same files. */
export async function packed(files: ReadonlyMap<string, string>): Promise<Uint8Array<ArrayBuffer>> {
  const entries = [...files].sort(([a], [b]) => a < b ? -1 : 1).map(([path, text]) => {
    const body = new TextEncoder().encode(text);
    const header = { name: `package/${path}`, size: body.length, mode: 0o644, mtime: new Date(0) };
    return { header, body };
  });
  const packing = new Blob([await packTar(entries)]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packing).arrayBuffer());
}
