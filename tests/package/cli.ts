// deno-lint-ignore-file no-console
/**
 * `deno task test:package`: the packages as somebody installs them. The archive is built, installed by npm, and trains the
 * example of its README in Deno, Node, Bun and, built by Vite, in Chromium; types are checked, and the publishing to JSR is
 * rehearsed.
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { build as bundle, stop } from "npm:esbuild@0.28.2";
import { join } from "node:path";
import { command, flag } from "../../cli/flags.ts";
import { mainOf, runCli } from "../../cli/run_cli.ts";
import { build } from "../../package/build.ts";
import { exampleOf } from "../../package/readme.ts";
import { sha256 } from "../../src/base/sha256.ts";
import { installedBrowser, LEFT_OUT } from "../browser.ts";
import { Checks } from "../checks.ts";
import { SWIFTSHADER } from "../drivers.ts";
import { firstFile } from "../first_file.ts";
import { buildAfterKill } from "./killed_build.ts";
import { inPage } from "./page.ts";
import { run } from "./run.ts";

/** What is installed beside the package. */
const PEERS = ["webgpu@0.6.2", "@webgpu/types@0.1.72", "vite@8.4.0"];
const BUN = "bun@1.4.5", NODE = "node@24";
/** The program of Node, as a test of an own one's age. */
const NEW_NODE = "process.exit(process.versions.node.split('.')[0] >= 24 ? 0 : 1)";
const MOST_BYTES = 1e6, MOST_OF_ONE_LOSS = 50_000, LOSS = 0.01, WORDS = 3;

const PACKAGE_TEST = command({
  name: "test:package",
  about: "Installs the packed package, and trains the example of its README in every runtime.",
  forms: [["", "all of it; exits with 3 where npm, Chromium or its SwiftShader is missing"]],
  flags: { all: flag("what is missing is a failure (exit code 1, not 3)") },
});

/** What a program must have said: that the faces are there, that files are read, and a loss that was trained. */
function checkOutput(said: readonly string[]): void {
  const [faces, readers, loss] = said.filter((line) => line.trim() !== "").slice(-WORDS);
  const trained = Number(loss) >= 0 && Number(loss) < LOSS;
  assertEquals([faces, readers, trained], ["true", "true", true], said.join("\n"));
}

/** Somebody's folder with the package installed, and the example as a program. */
async function install(app: string, name: string, archive: string): Promise<void> {
  const write = (path: string, text: string) => Deno.writeTextFile(join(app, path), text);
  const example = exampleOf(await Deno.readTextFile("docs/library.md"), name);
  const readme = () => Deno.readTextFileSync(join(app, "node_modules", name, "README.md"));
  await Deno.mkdir(app);
  await write("package.json", '{ "private": true, "type": "module" }');
  await run("npm", ["install", "--no-audit", "--no-fund", archive, ...PEERS], { cwd: app });
  assertEquals(readme().includes(example), true, "the README has the example");
  await write("example.js", example);
  await write(
    "faces.js",
    `import { Trainer } from "${name}/train";
import { drawDigits } from "${name}/data";
import { encodePng } from "${name}/figures";
console.log([Trainer, drawDigits, encodePng].every((it) => typeof it === "function"));
`,
  );
  const bundling = [
    "bundle",
    "--quiet",
    "--platform",
    "browser",
    "--output",
    join(app, "readers.js"),
  ];
  await run(Deno.execPath(), [...bundling, "tests/package/readers.ts"]);
  // One after the other: modules that wait for something would take turns.
  const parts = ["faces", "readers", "example"].map((it) => `await import("./${it}.js");\n`);
  await write("main.js", parts.join(""));
  await write(
    "index.html",
    '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="./main.js"></script>',
  );
  await write("right.ts", example);
  await write("wrong.ts", example.replace("lr: 0.05", 'lr: "fast"'));
}

/** Runs the command. */
export const main = mainOf(PACKAGE_TEST, async ({ flags }) => {
  const browser = installedBrowser(), driver = firstFile(SWIFTSHADER);
  const npm = await run("npm", ["--version"]).then(() => true, () => false);
  if (!browser || !driver || !npm) {
    console.log(
      "left out: it takes npm, and Chromium with its SwiftShader (apt-get install -y npm chromium)",
    );
    return flags.all ? 1 : LEFT_OUT;
  }
  const root = await Deno.makeTempDir(), app = join(root, "app");
  const env = { VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver };
  const checks = new Checks(), { check } = checks;
  const trains = async (program: string, args: string[], more = {}) =>
    checkOutput(await run(program, [...args, "main.js"], { cwd: app, env: { ...env, ...more } }));
  const deno = ["--no-prompt", "--node-modules-dir=manual"];
  try {
    const { jsr, archive, bytes, name } = await build(join(root, "dist"));
    await install(app, name, archive);
    await check("the same bytes wherever it is built", async () => {
      const other = await build(join(root, "else", "where"));
      const [a, b] = await Promise.all([archive, other.archive].map((it) => Deno.readFile(it)));
      assertEquals(await sha256(a), await sha256(b));
    });
    await check(
      "what a killed build left is taken away",
      () => buildAfterKill(join(root, "killed")),
    );
    await check(`the archive is small: ${(bytes / 1e3).toFixed(0)} kB`, () => {
      assertEquals(bytes < MOST_BYTES, true);
      return Promise.resolve();
    });
    await check("a page with one loss is small", async () => {
      const source = `import { centerLoss } from "${name}"; console.log(centerLoss);`;
      const { outputFiles: [file] } = await bundle({
        ...{ stdin: { contents: source, resolveDir: app }, absWorkingDir: app },
        ...{ bundle: true, minify: true, format: "esm", write: false },
      });
      await stop();
      assertEquals(file.contents.length < MOST_OF_ONE_LOSS, true, `${file.contents.length} bytes`);
    });
    await check("bundlers leave webgpu to Node", async () => {
      const text = await Deno.readTextFile(join(app, "node_modules", name, "esm/package/node.js"));
      assertMatch(
        text,
        /import\(\s*\/\* webpackIgnore: true \*\/\s*\/\* @vite-ignore \*\/\s*PEER\s*\)/,
      );
    });
    await check("every license has its text", async () => {
      const text = await Deno.readTextFile(join(app, "node_modules", name, "THIRD_PARTY.md"));
      for (const part of text.split(/^## /m).slice(1)) assertMatch(part, /copyright/i);
      for (const owner of ["Deno authors", "notmasteryet"]) assertStringIncludes(text, owner);
    });
    await check("Deno", () => trains(Deno.execPath(), ["run", ...deno]));
    await check("Node", async () => {
      const own = await run("node", ["-e", NEW_NODE]).then(() => true, () => false);
      await (own ? trains("node", []) : trains("npx", ["--yes", NODE]));
    });
    await check("Bun", () => trains("npx", ["--yes", BUN]));
    await check("Vite and Chromium", async () => {
      await run("npx", ["vite", "build", "--base", "./", "--logLevel", "error"], { cwd: app });
      checkOutput(await inPage(browser, join(app, "dist"), WORDS));
    });
    await check("Node without webgpu says what to install", async () => {
      await Deno.remove(join(app, "node_modules", "webgpu"), { recursive: true });
      const said = await trains("npx", ["--yes", NODE]).then(() => "", (error) => error.message);
      assertEquals(said.includes("npm install webgpu"), true, said);
    });
    await check("types", async () => {
      await run(Deno.execPath(), ["check", "--node-modules-dir=manual", "right.ts"], { cwd: app });
      const wrong = ["check", "--node-modules-dir=manual", "wrong.ts"];
      const said = await run(Deno.execPath(), wrong, { cwd: app }).then(() => "", (e) => e.message);
      assertEquals(said.includes("TS2322"), true, said);
      // A project that names libraries from before `using`.
      const compilerOptions = { strict: true, lib: ["es2022", "dom"] };
      await Deno.writeTextFile(join(app, "old.json"), JSON.stringify({ compilerOptions }));
      const old = ["check", "--config", "old.json", "--node-modules-dir=manual", "right.ts"];
      await run(Deno.execPath(), old, { cwd: app });
    });
    await check("deno publish --dry-run", async () => {
      await run(Deno.execPath(), ["publish", "--dry-run", "--allow-dirty"], { cwd: jsr });
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
  return checks.end();
});

if (import.meta.main) await runCli(main);
