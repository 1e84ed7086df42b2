/** The folder in which a `deno task` was typed: tasks run in the project's folder, and so paths are those of that. */
import { isAbsolute, join, normalize, relative, resolve } from "node:path";
import { isThere } from "../src/base/files.ts";

/** `deno task` sets it, and tasks let it be read. */
const VARIABLE = "INIT_CWD";

/** That folder; undefined where the program was not started by a task. */
export function typedIn(): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable: VARIABLE });
  return state === "granted" ? Deno.env.get(VARIABLE) : undefined;
}

/**
 * What to write in place of a path that a message names, and that was meant from the folder in which the command was typed;
 * undefined where the message is about something else.
 *
 * @param message Of what went wrong.
 * @param folder Where it was typed.
 */
export async function pathAdvice(
  message: string,
  args: readonly string[],
  folder = typedIn(),
): Promise<string | undefined> {
  const project = Deno.cwd();
  if (folder === undefined || resolve(folder) === project) return undefined;
  for (const path of args.flatMap(pathsIn)) {
    // As it was typed, or as parts of it were joined: on Windows with backslashes.
    if (![path, normalize(path)].some((it) => message.includes(it))) continue;
    // Who writes a dot means the folder in which he is.
    const elsewhere = /^\.\.?([\\/]|$)/.test(path) || !await isThere(resolve(path));
    if (isAbsolute(path) || !elsewhere || !await isThere(join(folder, path))) continue;
    const inner = relative(project, join(folder, path)) || ".";
    const whole = inner.startsWith("..") ? join(folder, path) : inner;
    return `paths are those of ${project}, not of ${folder}: for ${path} write ${whole}`;
  }
}

/** What may be a path in an argument: a word, the value of a flag, a place of images. */
function pathsIn(arg: string): string[] {
  const [, value = arg] = /^--[^=]+=(.*)$/s.exec(arg) ?? [];
  const path = value.replace(/^(folder|csv):/, "");
  return path === "" || path.startsWith("-") ? [] : [path];
}
