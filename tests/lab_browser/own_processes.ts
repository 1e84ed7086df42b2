/** Processes that this one started, and theirs, as Linux knows them. */

/** A process. */
export interface OwnProcess {
  pid: number;
  command: string;
  /** Bytes that it holds. */
  resident: number;
}

/** All of them. */
export async function ownProcesses(): Promise<OwnProcess[]> {
  const parents = new Map<number, number>(), found: OwnProcess[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = await Deno.readTextFile(`/proc/${name}/stat`), pid = Number(name);
      const fields = stat.replace(/^.*\) /, "").split(" ");
      parents.set(pid, Number(fields[1]));
      const command = await Deno.readTextFile(`/proc/${name}/cmdline`);
      found.push({ pid, command, resident: 4096 * Number(fields[21]) });
    } catch {
      // It ended meanwhile.
    }
  }
  const ours = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent === Deno.pid || parent !== undefined && parent > 1 && ours(parent);
  };
  return found.filter(({ pid }) => ours(pid));
}

/** Ids of the processes that drive GPUs for browsers. */
export async function gpuProcesses(): Promise<number[]> {
  const all = await ownProcesses();
  return all.filter(({ command }) => command.includes("type=gpu-process")).map(({ pid }) => pid);
}
