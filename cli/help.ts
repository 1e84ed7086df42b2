/** The help of a command, from its table. */
import { wrapped } from "../src/base/format.ts";
import { type Command, COMMON, type Flags } from "./flags.ts";

const WIDTH = 100;

/** What `--help` prints, in lines of at most 100 characters. */
export function helpOf<F extends Flags>({ name, about, forms, flags, lists, end }: Command<F>) {
  const ways = forms.map(([args, what]) => [`deno task ${name} ${args}`.trim(), what] as const);
  const options = Object.entries({ ...flags, ...COMMON }).map(([name, { takes, help }]) =>
    [`${name === "help" ? "-h, " : ""}--${name} ${takes}`.trim(), help] as const
  );
  return [
    wrapped(about, WIDTH),
    columns(ways),
    ...(lists ?? []).map(([title, lines]) => [title, ...lines]),
    ["Options", ...columns(options)],
    end === undefined ? [] : wrapped(end, WIDTH),
  ].filter((part) => part.length > 0).map((part) => part.join("\n")).join("\n\n");
}

/** Names, and beside them what each is. */
export function columns(entries: readonly (readonly [name: string, what: string])[]): string[] {
  const indent = 4 + Math.max(...entries.map(([name]) => name.length));
  return entries.flatMap(([name, what]) =>
    wrapped(what, WIDTH - indent).map((line, i) =>
      (i === 0 ? `  ${name}` : "").padEnd(indent) + line
    )
  );
}
