// deno-lint-ignore-file no-console
/** `deno task test`: the examples in the documentation and all tests, a process a part, side by side. */
import { command } from "../cli/flags.ts";
import { mainOf, runCli } from "../cli/run_cli.ts";
import { steadily } from "./processes.ts";

const PARTS = ["test:docs", "test:gpu", "test:cpu"];

const ALL = command({
  name: "test",
  about:
    "Runs the examples in the documentation and all tests, side by side. A part that fails does not stop the others; one that the driver aborts as it closes runs once more.",
  forms: [["", `${PARTS.join(", ")}; each is a task of its own, too`]],
  flags: {},
});

/** Runs a part to its end; what it prints is printed as it comes. */
function end(part: string): Promise<Deno.CommandOutput> {
  const args = ["task", part];
  return new Deno.Command("deno", { args, stdout: "inherit", stderr: "inherit" }).output();
}

/** Runs the command. */
export const main = mainOf(ALL, async () => {
  const codes = await Promise.all(
    PARTS.map(async (part) => (await steadily(() => end(part))).code),
  );
  const outcomes = PARTS.map((part, i) =>
    codes[i] === 0 ? `passed  ${part}` : `FAILED  ${part} (exit ${codes[i]})`
  );
  console.log(["", ...outcomes].join("\n"));
  return codes.some((code) => code !== 0) ? 1 : 0;
});

if (import.meta.main) await runCli(main);
