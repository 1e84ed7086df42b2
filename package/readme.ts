/** What a reader of the package sees first. */

/** The first example of `docs/library.md`, as a program of somebody who installed the package. */
export function exampleOf(library: string, name: string): string {
  const example = /^```ts\n([\s\S]*?)^```/m.exec(library)?.[1] ?? "";
  return example
    .replace(/^import \{ assert \} from .*\n/m, "")
    .replace('"../mod.ts"', JSON.stringify(name))
    .replace(/^assert\((.*) < (.*)\);$/m, "console.log($1); // below $2");
}

/** The package's README, of its text with places for a name and an example. */
export function readmeOf(text: string, library: string, name: string): string {
  const example = `\`\`\`ts\n${exampleOf(library, name)}\`\`\``;
  return text.replace("EXAMPLE", () => example).replaceAll("NAME", name);
}
