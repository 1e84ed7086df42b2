/**
 * Functions as they are on Windows: called in a worker in which the standard library's paths, and what asks Deno for the
 * system, take it for Windows. `node:path` does not.
 *
 * @module
 */

/** What the worker is asked. */
interface Calls {
  module: string;
  name: string;
  calls: readonly unknown[][];
}

/**
 * Calls a function of a module with these arguments, one time after the other: the answers, or messages of errors.
 *
 * @param module Its path from the project's folder.
 */
export async function asWindows(
  module: string,
  name: string,
  calls: readonly unknown[][],
): Promise<unknown[]> {
  const worker = new Worker(new URL("./as_windows.ts", import.meta.url), { type: "module" });
  const { promise, resolve } = Promise.withResolvers<unknown[]>();
  worker.onmessage = ({ data }) => resolve(data);
  worker.postMessage({ module, name, calls } satisfies Calls);
  try {
    return await promise;
  } finally {
    worker.terminate();
  }
}

if ("WorkerGlobalScope" in globalThis) {
  const thread = globalThis as unknown as {
    onmessage: (event: { data: Calls }) => void;
    postMessage(answers: unknown[]): void;
  };
  Object.defineProperty(Deno, "build", { value: { ...Deno.build, os: "windows" } });
  thread.onmessage = async ({ data: { module, name, calls } }) => {
    const { [name]: call } = await import(new URL(`../../${module}`, import.meta.url).href);
    thread.postMessage(calls.map((args) => {
      try {
        return call(...args);
      } catch (error) {
        return (error as Error).message;
      }
    }));
  };
}
