// deno-lint-ignore-file no-console
/**
 * Runs something and returns its result with what it printed by `console.log` and `console.error`.
 */
export async function printed<Result>(
  act: () => Promise<Result>,
): Promise<{ result: Result; out: string; err: string }> {
  const { log, error } = console;
  let out = "", err = "";
  console.log = (...values) => void (out += `${values.map(text).join(" ")}\n`);
  console.error = (...values) => void (err += `${values.map(text).join(" ")}\n`);
  try {
    const result = await act();
    return { result, out, err };
  } finally {
    console.log = log;
    console.error = error;
  }
}

/** A value as the console shows it. */
function text(value: unknown): string {
  return typeof value === "string" ? value : Deno.inspect(value);
}
