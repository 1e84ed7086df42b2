/** The commit that is checked out, read from `.git`'s own files: no program is run for it. */
import { join, resolve } from "node:path";

const PROJECT = join(import.meta.dirname ?? ".", "..", "..");
let own: Promise<string> | undefined;

/**
 * The commit's hash, or "unknown" outside of a git checkout. That of this program is read once: what is checked out while it
 * runs is not what runs.
 */
export function currentCommit(root?: string): Promise<string> {
  return root === undefined ? own ??= commitIn(PROJECT) : commitIn(root);
}

async function commitIn(root: string): Promise<string> {
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
