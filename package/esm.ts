/** The faces as modules for every runtime: bundled, so that nothing must be installed beside them. */
import { stop, transform } from "npm:esbuild@0.28.2";
import { join } from "node:path";
import { RunError } from "../src/base/errors.ts";

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
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args: [...args], cwd })
    .output();
  if (success) return;
  throw new RunError(`deno ${args[0]}: ${new TextDecoder().decode(stderr).trim()}`);
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
  const bundled = new Map<string, Bundled>();
  for (const path of modulesIn(to)) {
    const source = await Deno.readTextFile(path);
    for (const it of packagesIn(source, sources)) bundled.set(`${it.name}@${it.version}`, it);
    const { code } = await transform(source, {
      ...{ format: "esm", target: TARGET, charset: "utf8", legalComments: "inline" },
    });
    const foreign = /^import .* from "(node:.*)"/m.exec(code)?.[1];
    if (foreign) throw new RunError(`${path} imports ${foreign}, which no browser has`);
    await Deno.writeTextFile(path, `${BANNER}\n${withoutCache(code)}`);
  }
  await stop();
  return [...bundled.values()].sort((a, b) => a.name < b.name ? -1 : 1);
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
