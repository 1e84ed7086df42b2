/** Runs in processes of their own, as a user starts them, for what a test cannot do to its own process. */

/** What `deno` is started with before the script. */
const COMMAND = [
  "run",
  "--no-prompt",
  "--allow-read",
  "--allow-write",
  "--allow-env=CENTERLAB_DATA",
];

/** A row that is over in seconds, and its sizes. */
export const ROW = ["cent-digits-2", "--preset", "smoke", "--name", "t", "--no-tune"];
export const NUMBERS = ["--epochs", "3", "--train-size", "34", "--test-size", "10"];

/** Starts a script. */
export function start(script: string, args: readonly string[]): Deno.ChildProcess {
  const all = [...COMMAND, script, ...args];
  return new Deno.Command("deno", { args: all, stdout: "piped", stderr: "piped" }).spawn();
}

/** Waits for a process to end. */
export async function ended(run: Deno.ChildProcess): Promise<{ code: number; said: string }> {
  const { code, stdout, stderr } = await run.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, said: text(stdout) + text(stderr) };
}

/**
 * Exit codes of a process that was aborted (SIGABRT, SIGSEGV). Mesa's software driver has been seen to corrupt its heap while
 * it closes, after every test had passed: in one of some fifty processes that open several devices.
 */
export const ABORTED: readonly number[] = [134, 139];

/** Runs a process to its end, once more where the driver aborted it. A test that fails, or a second abort, fails. */
export async function steadily<T extends { code: number }>(run: () => Promise<T>): Promise<T> {
  const first = await run();
  if (!ABORTED.includes(first.code)) return first;
  // deno-lint-ignore no-console
  console.log(`\n== aborted by the driver (exit ${first.code}): once more`);
  return await run();
}
