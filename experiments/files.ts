/** Files that are whole or not there: written beside their place, then renamed into it. */
import { dirname } from "node:path";
import { RunError } from "../src/errors.ts";

/**
 * Writes a file so that a kill at any moment leaves the old one or the new one.
 *
 * @param advice What to do when there is no room.
 * @throws {RunError} When the disk is full, the folder read-only or the like.
 */
export async function writeWhole(
  path: string,
  content: Uint8Array | string,
  advice = "choose another folder with --out",
): Promise<void> {
  const temporary = `${path}.part`;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(temporary, bytes);
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw new RunError(
      `${path} cannot be written (${
        reason(error)
      }): make room or ${advice}; what was written before is intact`,
    );
  }
}

/** Reads a file, or undefined when it is not there. */
export async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new RunError(`${path} cannot be read: ${reason(error)}`);
  }
}

/**
 * What went wrong, without Deno's advice to allow more, because a task's permissions are not the user's to change, and
 * without the system call, because the message around it names the file.
 */
export function reason(error: unknown): string {
  const { message } = error as Error;
  return message.replace(/, run again with the .*/, "").replace(/: [a-z]+ '.*'$/s, "");
}
