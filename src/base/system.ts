/** The runtime's files, which only Deno has under this name. */
import { RunError } from "./errors.ts";

/** Deno; elsewhere, what is asked of it is refused in one line. */
export const system: typeof globalThis.Deno = globalThis.Deno ?? new Proxy({}, { get: refuse });

function refuse(): never {
  throw new RunError(
    "Cannot use files here: data sets, folders and runs are read from disk in Deno alone; elsewhere draw digits, or give " +
      "bytes, labels and sizes as an ImageSet",
  );
}

/** What is known of a file. */
export type FileInfo = Awaited<ReturnType<typeof system.stat>>;
