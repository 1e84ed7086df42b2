/** The commit that is checked out, read from `.git`'s own files: no program is run for it. */

/** The commit's hash, or "unknown" outside of a git checkout. */
export async function currentCommit(root: URL = new URL("../", import.meta.url)): Promise<string> {
  const read = (name: string) => Deno.readTextFile(new URL(name, gitFolder)).then((t) => t.trim());
  let gitFolder = new URL(".git/", root);
  try {
    const pointer = await Deno.readTextFile(new URL(".git", root)).catch(() => "");
    // In a worktree `.git` is a file that names the folder.
    const named = /^gitdir: (.+)$/m.exec(pointer);
    if (named) gitFolder = new URL(`file://${named[1].trim()}/`);
    const head = await read("HEAD");
    const ref = /^ref: (.+)$/.exec(head)?.[1];
    if (!ref) return head;
    const common = await read("commondir").catch(() => ".");
    gitFolder = new URL(`${common}/`, gitFolder);
    const loose = await read(ref).catch(() => undefined);
    if (loose) return loose;
    const packed = await read("packed-refs");
    return packed.split("\n").find((line) => line.endsWith(` ${ref}`))?.split(" ")[0] ?? "unknown";
  } catch {
    return "unknown";
  }
}
