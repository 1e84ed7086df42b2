/** Both packages, built into a folder. */
import { join, resolve } from "node:path";
import { RunError } from "../src/base/errors.ts";
import { isThere, readIfThere, writeWhole } from "../src/base/files.ts";
import { writeModules } from "./esm.ts";
import {
  declarationsFor,
  type Manifest,
  NODE,
  nodeFace,
  notices,
  packageJson,
  packed,
} from "./npm.ts";
import { readmeOf } from "./readme.ts";
import { stagedFiles } from "./stage.ts";
import { declarationsOf } from "./types.ts";

/** What was built. */
export interface Built {
  /** The folder that `deno publish` is called in. */
  jsr: string;
  /** The file that `npm publish` is given. */
  archive: string;
  /** Its size. */
  bytes: number;
  /** The package's name. */
  name: string;
}

const read = (path: string) => Deno.readTextFileSync(new URL(`../${path}`, import.meta.url));

async function write(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of files) await writeWhole(join(folder, path), text);
}

/** Every file in a folder, by its path in there. */
function filesIn(folder: string, path = ""): Map<string, string> {
  const files = new Map<string, string>();
  for (const { name, isDirectory } of Deno.readDirSync(join(folder, path))) {
    const inner = path ? `${path}/${name}` : name;
    if (!isDirectory) files.set(inner, Deno.readTextFileSync(join(folder, inner)));
    else for (const [path, text] of filesIn(folder, inner)) files.set(path, text);
  }
  return files;
}

/**
 * Takes an earlier build away.
 *
 * @param own The file of it that says which package it is.
 * @throws {RunError} For a folder with anything else in it, which stays.
 */
async function clear(folder: string, own: string, name: string): Promise<void> {
  if (!await isThere(folder)) return;
  const text = await readIfThere(join(folder, own));
  const isOurs = text && new TextDecoder().decode(text).includes(`"name": "${name}"`);
  const [first] = Deno.readDirSync(folder);
  if (first && !isOurs) {
    throw new RunError(
      `${folder} holds something else than a package of ${name}: choose another --out`,
    );
  }
  await Deno.remove(folder, { recursive: true });
}

/** Builds both packages: what JSR publishes in `jsr/`, what npm does in `npm/` and as an archive. */
export async function build(folder: string): Promise<Built> {
  const out = resolve(folder);
  const manifest: Manifest & { compilerOptions: unknown } = JSON.parse(read("deno.json"));
  const { name, version, license, exports, compilerOptions } = manifest;
  const jsr = join(out, "jsr"), npm = join(out, "npm");
  for (const [folder, own] of [[jsr, "deno.json"], [npm, "package.json"]] as const) {
    await clear(folder, own, name);
  }
  const shared = new Map([
    ["README.md", readmeOf(read("package/README.md"), read("docs/library.md"), name)],
    ...["LICENSE", "CHANGELOG.md", "src/figures/font/LICENSE.txt"].map((path) =>
      [path, read(path)] as const
    ),
  ]);
  const sources = stagedFiles({ ...exports, node: NODE }, read);
  const include = [...sources.keys(), ...shared.keys()].filter((path) => path !== NODE);
  const config = { name, version, license, exports, compilerOptions, publish: { include } };
  // The next build knows by these two that it may take away what a kill leaves of this one.
  await writeWhole(join(jsr, "deno.json"), JSON.stringify(config, undefined, 2) + "\n");
  await writeWhole(join(npm, "package.json"), packageJson(manifest));
  await write(jsr, sources);
  await write(jsr, shared);
  await writeWhole(join(jsr, "deno.lock"), read("deno.lock")); // the same versions
  const declarations = await declarationsOf(jsr);
  const faces = Object.values(exports);
  const bundled = await writeModules(jsr, sources.keys(), [...faces, NODE], join(npm, "esm"));
  await Deno.remove(join(jsr, NODE));
  await write(npm, shared);
  for (const [path, text] of declarations) {
    await writeWhole(join(npm, "types", path), declarationsFor(text));
  }
  for (const path of faces) {
    await writeWhole(join(npm, "node", path.replace(/\.ts$/, ".js")), nodeFace(path));
  }
  const [mit] = read("LICENSE").split("\n---\n"); // the font's comes after it
  await writeWhole(join(npm, "THIRD_PARTY.md"), await notices(bundled, mit));
  const archive = join(out, `${name.replace(/^@/, "").replace("/", "-")}-${version}.tgz`);
  const content = await packed(filesIn(npm));
  await writeWhole(archive, content);
  return { jsr, archive, bytes: content.length, name };
}
