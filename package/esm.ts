/** The faces as modules for every runtime: bundled, so that nothing must be installed beside them. */
import { stop, transform } from "npm:esbuild@0.28.2";
import { basename, dirname, join } from "node:path";
import { RunError } from "../src/base/errors.ts";
import { nameOf, packagesIn, withoutCache } from "./bundle_text.ts";

/** What engines of 2022 know; `using` is rewritten. */
const TARGET = "es2022";

/** Engines without `Symbol.dispose` get it under the name that rewritten `using` looks for. */
const BANNER = 'Symbol.dispose ??= Symbol.for("Symbol.dispose");\n';

/** A package that is part of the modules, and where it lies. */
export interface Bundled {
  name: string;
  version: string;
  folder: string;
  /** The files of it that did, by their paths in there. */
  files: string[];
}

/** Runs Deno in a folder. */
export async function deno(cwd: string, args: readonly string[]): Promise<void> {
  const env = { NO_COLOR: "1" };
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args: [...args], cwd, env })
    .output();
  if (success) return;
  const said = new TextDecoder().decode(stderr);
  const [before] = said.split("\n\nStack backtrace:"), at = before.search(/^error: /m);
  const error = before.slice(Math.max(0, at)).trim();
  throw new RunError(`deno ${args[0]} in ${cwd}: ${error}`);
}

/**
 * Makes modules of source files in another folder, each file a module of its own: bundlers drop whole modules, and hardly
 * anything inside of one. Packages become part of what imports them.
 *
 * @param faces Those that are imported by their paths; of the others, the ones that these reach stay.
 * @returns The packages that became part of them.
 */
export async function writeModules(
  sources: string,
  files: Iterable<string>,
  faces: readonly string[],
  to: string,
): Promise<Bundled[]> {
  const options = ["--quiet", "--platform", "browser", "--code-splitting", "--outdir", to];
  await deno(sources, ["bundle", ...options, ...files]);
  const all = new Map<string, string>();
  for (const path of modulesIn(to)) {
    all.set(path, await Deno.readTextFile(path));
    await Deno.remove(path);
  }
  const modules = new Map<string, string>(), names = new Map<string, string>();
  const bundled = new Map<string, Bundled>();
  for (const path of reached(faces.map((it) => join(to, it.replace(/\.ts$/, ".js"))), all)) {
    const source = all.get(path)!;
    for (const { name, version, folder, file } of packagesIn(source, sources)) {
      const id = `${name}@${version}`;
      if (!bundled.has(id)) bundled.set(id, { name, version, folder, files: [] });
      bundled.get(id)!.files.push(file);
    }
    const { code } = await transform(source, {
      ...{ format: "esm", target: TARGET, charset: "utf8", legalComments: "inline" },
    });
    const foreign = /^import .* from "(node:.*)"/m.exec(code)?.[1];
    if (foreign) throw new RunError(`${path} imports ${foreign}, which no browser has`);
    const [chunk] = basename(path).match(CHUNK) ?? [];
    if (chunk) names.set(chunk, await nameOf(source));
    modules.set(path, (code.includes("[Symbol.dispose]") ? BANNER : "") + withoutCache(code));
  }
  await stop();
  const renamed = (text: string) => text.replace(CHUNK, (name) => names.get(name) ?? name);
  for (const [path, code] of modules) await Deno.writeTextFile(renamed(path), renamed(code));
  return [...bundled.values()].sort((a, b) => a.name < b.name ? -1 : 1);
}

/** Modules and all that they import, directly or not. */
function reached(faces: readonly string[], modules: ReadonlyMap<string, string>): Set<string> {
  const found = new Set(faces);
  for (const path of found) {
    for (const [, specifier] of modules.get(path)!.matchAll(/"(\.{1,2}\/[^"\n]+\.js)"/g)) {
      const target = join(dirname(path), specifier);
      if (modules.has(target)) found.add(target);
    }
  }
  return found;
}

/** The bundler's name of a module that others import, which tells where it was built, too. */
const CHUNK = /\bchunk-[0-9A-Z]{8}(?=\.js\b)/g;

/** Paths of all modules in a folder and the folders in it. */
function modulesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    return isDirectory ? modulesIn(path) : name.endsWith(".js") ? [path] : [];
  });
}
