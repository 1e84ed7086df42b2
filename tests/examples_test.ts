/** Every function and class that a face exports has an example. `deno task test:docs` runs them. */
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path/posix";
import { granted } from "./permissions.ts";

const FACES = ["mod.ts", "train.ts", "data.ts", "figures.ts"];

const DECLARED =
  /(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\n)?^export (?:async )?(?:function\*?|class) (\w+)/gm;
const REEXPORTED = /^export (?:\*|\{([^}]*)\}) from "(\.[^"]+)";/gm;

/**
 * Whether a text has an example that asserts, or one that cannot run because files are missing. Each can be copied: it imports
 * from faces alone, and also what the text is of.
 */
function hasExample(text: string, name: string): boolean {
  const examples = [...text.matchAll(/```ts( ignore)?\n([^]*?)```/g)].map(([, ignored, code]) => {
    const imports = code.match(/\bimport [^;]*;/g)?.join("") ?? "";
    return { ignored, imports, code: code.replace(/\bimport [^;]*;/g, "") };
  });
  const foreign = /from "\.[^"]*(?<!\/(mod|train|data|figures)\.ts)"/,
    own = new RegExp(`\\b${name}\\b`);
  const whole = ({ imports, code }: { imports: string; code: string }) =>
    !foreign.test(imports) && (own.test(imports) || !own.test(code));
  return examples.every(whole) &&
    examples.some(({ ignored, code }) => ignored || /\bassert\w*\(/.test(code));
}

/**
 * The functions and classes that a module exports, and whether they have an example: before them, or before a class's
 * member. Types are left out, also a class that is exported as a type.
 *
 * @param read Gives the source of a module.
 */
function exampled(path: string, read: (path: string) => string): Map<string, boolean> {
  const source = read(path), found = new Map<string, boolean>();
  for (const match of source.matchAll(DECLARED)) {
    const [declaration, doc = "", name] = match, rest = source.slice(match.index);
    const members = declaration.endsWith(`class ${name}`)
      ? rest.slice(0, rest.indexOf("\n}\n"))
      : "";
    found.set(name, found.get(name) || hasExample(doc, name) || hasExample(members, name));
  }
  for (const [, names, from] of source.matchAll(REEXPORTED)) {
    const wanted = names?.split(",").map((it) => it.trim());
    for (const [name, has] of exampled(join(path, "..", from), read)) {
      if (!wanted || wanted.includes(name)) found.set(name, has);
    }
  }
  return found;
}

/** Those without an example, sorted. */
function withoutExample(exported: Map<string, boolean>): string[] {
  return [...exported].filter(([, has]) => !has).map(([name]) => name).sort();
}

const EXAMPLE = "/**\n * Is.\n *\n * ```ts\n * assertEquals(1, 1);\n * ```\n */\n";

Deno.test("withoutExample() names functions and classes, and follows exports", () => {
  const sources: Record<string, string> = {
    "mod.ts":
      'export { a, type T } from "./src/a.ts";\nexport * from "./src/b.ts";\nexport type { C } from "./src/c.ts";\n',
    "src/a.ts":
      `${EXAMPLE}export function a() {}\nexport function hidden() {}\nexport class T {\n}\n`,
    "src/b.ts": [
      `${EXAMPLE}const one = 1;\n\nexport async function bare() {}`,
      `${EXAMPLE.replace("assertEquals", "log")}export function* checksNothing() {}`,
      `${EXAMPLE.replace("```ts", "```ts ignore")}export function needsFiles() {}`,
      `export class ByMember {\n  ${EXAMPLE}  f() {}\n}`,
      `${
        EXAMPLE.replace(" * as", ' * import { a } from "./a.ts";\n * as')
      }export function ofRoom() {}`,
      `${EXAMPLE.replace("1, 1", "notImported(), 1")}export function notImported() {}`,
      `export class Bare {\n  f() {}\n}\n${EXAMPLE}export const two = 2;\n`,
    ].join("\n"),
    "src/c.ts": "export class C {\n}\n",
  };
  const exported = exampled("mod.ts", (path) => sources[path]);
  assertEquals([...exported.keys()].sort(), [
    ...["Bare", "ByMember", "a", "bare", "checksNothing", "needsFiles", "notImported", "ofRoom"],
  ]);
  assertEquals(withoutExample(exported), [
    "Bare",
    "bare",
    "checksNothing",
    "notImported",
    "ofRoom",
  ]);
});

for (const face of FACES) {
  Deno.test(`${face}: every function and class has an example`, async () => {
    if (!await granted("read")) return;
    const root = new URL("../", import.meta.url);
    const exported = exampled(face, (path) => Deno.readTextFileSync(new URL(path, root)));
    assert(exported.size > 5, "the walk reaches the modules");
    assertEquals(withoutExample(exported), []);
  });
}
