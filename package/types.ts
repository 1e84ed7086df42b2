/** The types of the faces. */
import { unpackTar } from "npm:modern-tar@0.8.6";
import { join } from "node:path";
import { deno } from "./esm.ts";

/** Declarations by their paths, made of a folder with source files by `deno pack`, whose JavaScript is left. */
export async function declarationsOf(sources: string): Promise<Map<string, string>> {
  const archive = join(sources, "types.tgz"), declarations = new Map<string, string>();
  await deno(sources, ["pack", "--allow-dirty", "--no-source-maps", "--output", archive]);
  const bytes = await Deno.readFile(archive);
  await Deno.remove(archive);
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  for (const { header: { name }, data } of await unpackTar(unpacked)) {
    const path = name.replace(/^package\//, "");
    if (path.endsWith(".d.ts")) declarations.set(path, new TextDecoder().decode(data));
  }
  return declarations;
}
