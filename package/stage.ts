/** The sources of the faces, with every text that they import as a module of its own: not every runtime imports text. */
import { dirname, join } from "node:path/posix";

/** Faces by the names under which they are exported. */
export type Faces = Readonly<Record<string, string>>;

/** Imports and exports of files beside, with what follows a text's path. */
const IMPORT = /(\b(?:from|import)\s*\(?\s*")(\.{1,2}\/[^"\n]+)"(\s+with\s*\{[^}]*\})?/g;

/** Text of a kernel without the lines that are only comments; the lines stay, because errors count them. */
export function withoutComments(kernel: string): string {
  return kernel.replace(/^\s*\/\/(?! uses \w+\.wgsl$).*$/gm, "").trimEnd() + "\n";
}

/** A module whose default export is a text. */
function textModule(path: string, text: string): string {
  const content = path.endsWith(".wgsl") ? withoutComments(text) : text;
  return `const text: string = ${JSON.stringify(content)};\nexport default text;\n`;
}

/**
 * All files that the faces are made of, by their paths.
 *
 * @param read Gives the text of a file of the project.
 */
export function stagedFiles(faces: Faces, read: (path: string) => string): Map<string, string> {
  const staged = new Map<string, string>();
  const take = (path: string) => {
    if (staged.has(path)) return;
    staged.set(path, "");
    const source = read(path).replace(IMPORT, (whole, before, specifier, attributes) => {
      const target = join(dirname(path), specifier);
      if (!attributes) {
        if (specifier.endsWith(".ts")) take(target);
        return whole;
      }
      staged.set(`${target}.ts`, textModule(target, read(target)));
      return `${before}${specifier}.ts"`;
    });
    staged.set(path, source);
  };
  for (const face of Object.values(faces)) take(join(face));
  return staged;
}
