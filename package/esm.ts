/** The faces as modules for every runtime: bundled, so that nothing must be installed beside them. */
import { stop, transform } from "npm:esbuild@0.28.2";
import { basename, join } from "node:path";
import { RunError } from "../src/base/errors.ts";
import { sha256 } from "../src/base/sha256.ts";

/** What engines of 2022 know; `using` is rewritten. */
const TARGET = "es2022";

/** Engines without `Symbol.dispose` get it under the name that rewritten `using` looks for. */
const BANNER = 'Symbol.dispose ??= Symbol.for("Symbol.dispose");';

/** A package that is part of the modules, and where it lies. */
export interface Bundled {
  name: string;
  version: string;
  folder: string;
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
 * Bundles files of a folder with source files into another: a module each, and what they share.
 *
 * @returns The packages that became part of them.
 */
export async function writeModules(
  sources: string,
  files: readonly string[],
  to: string,
): Promise<Bundled[]> {
  const options = ["--quiet", "--platform", "browser", "--code-splitting", "--outdir", to];
  await deno(sources, ["bundle", ...options, ...files]);
  const bundled = new Map<string, Bundled>(), modules = new Map<string, string>();
  for (const path of modulesIn(to)) {
    const source = await Deno.readTextFile(path);
    for (const it of packagesIn(source, sources)) bundled.set(`${it.name}@${it.version}`, it);
    const { code } = await transform(source, {
      ...{ format: "esm", target: TARGET, charset: "utf8", legalComments: "inline" },
    });
    const foreign = /^import .* from "(node:.*)"/m.exec(code)?.[1];
    if (foreign) throw new RunError(`${path} imports ${foreign}, which no browser has`);
    modules.set(path, `${BANNER}\n${withoutCache(code)}`);
    await Deno.remove(path);
  }
  await stop();
  for (const [path, code] of await namedByContent(modules)) await Deno.writeTextFile(path, code);
  return [...bundled.values()].sort((a, b) => a.name < b.name ? -1 : 1);
}

/** The name of a part that several modules share. */
const CHUNK = /\bchunk-[0-9A-Z]{8}(?=\.js\b)/g;

/** Shared parts under names that tell what is in them: the bundler's tell where it was built, too. */
async function namedByContent(modules: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const [path, code] of modules) {
    const [name] = basename(path).match(CHUNK) ?? [];
    if (name) names.set(name, `shared-${(await sha256(code.replace(CHUNK, "chunk"))).slice(0, 8)}`);
  }
  const renamed = (text: string) => text.replace(CHUNK, (name) => names.get(name) ?? name);
  return new Map([...modules].map(([path, code]) => [renamed(path), renamed(code)]));
}

/** Paths of all modules in a folder and the folders in it. */
function modulesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    return isDirectory ? modulesIn(path) : name.endsWith(".js") ? [path] : [];
  });
}

/** Code without the place of this machine's packages, by which a bundle calls parts that were no modules. */
function withoutCache(code: string): string {
  return code.replace(/"[^"\s]*\/npm\/[^/"\s]+\/((?:@[^/"]+\/)?[^/"]+\/\d[^"\s]*)"\(/g, '"$1"(');
}

/** The packages of a bundle, which names the file that each part of it was. */
function packagesIn(bundle: string, from: string): Bundled[] {
  const parts = bundle.matchAll(
    /^\/\/ (\S*\/npm\/[^/\s]+\/((?:@[^/\s]+\/)?[^/\s]+)\/(\d[^/\s]*))\/\S+$/gm,
  );
  return [...parts].map(([, path, name, version]) => ({
    name,
    version,
    folder: join(from, path),
  }));
}
