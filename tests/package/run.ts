import { RunError } from "../../src/base/errors.ts";

/**
 * Runs a program.
 *
 * @returns The lines that it wrote.
 * @throws {RunError} With all that it said, when it fails or is not there.
 */
export async function run(
  program: string,
  args: readonly string[],
  options: Pick<Deno.CommandOptions, "cwd" | "env"> = {},
): Promise<string[]> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    ...{ ...options, args: [...args], stdin: "null" },
  }).output();
  const [said, complained] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (success) return said.split("\n");
  throw new RunError(`${program} ${args.join(" ")}: ${said}${complained}`);
}
