/** The commit that is checked out, read from `.git`'s own files: no program is run for it. */
import { join, resolve } from "node:path";

/** The commit's hash, or "unknown" outside of a git checkout. */
export async function currentCommit(
  root: string = join(import.meta.dirname ?? ".", "..", ".."),
): Promise<string> {
  const read = (...names: string[]) => Deno.readTextFile(join(...names)).then((t) => t.trim());
  try {
    // In a worktree `.git` is a file that names the folder.
    const pointer = await read(root, ".git").catch(() => "");
    const folder = resolve(root, /^gitdir: (.+)$/m.exec(pointer)?.[1] ?? ".git");
    const head = await read(folder, "HEAD");
    const ref = /^ref: (.+)$/.exec(head)?.[1];
    if (!ref) return head;
    const common = resolve(folder, await read(folder, "commondir").catch(() => "."));
    const loose = await read(common, ref).catch(() => undefined);
    if (loose) return loose;
    const packed = await read(common, "packed-refs");
    return packed.split("\n").find((line) => line.endsWith(` ${ref}`))?.split(" ")[0] ?? "unknown";
  } catch {
    return "unknown";
  }
}
