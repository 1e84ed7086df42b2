/** The flags of commands: what a table takes, refuses and says. */
import { assertEquals, assertThrows } from "@std/assert";
import { command, type Flag, flag, parse } from "../../cli/flags.ts";
import { helpOf } from "../../cli/help.ts";
import { nearest, unknownName } from "../../cli/nearest.ts";
import { number, oneOf, path, text, withDefault } from "../../cli/values.ts";
import { UsageError } from "../../src/base/errors.ts";
import { whole } from "../../src/base/range.ts";

const LIST: Flag<readonly string[]> = {
  ...{ takes: "A,B", help: "a list", expected: "names", default: [], many: true },
  read: (text) => text.split(","),
};
const ROUND = command({
  name: "round",
  about: `Rounds${" very".repeat(30)} much.`,
  forms: [["", "all"], ["NAME...", "these"]],
  words: true,
  flags: {
    count: withDefault(number(whole(1, 64), "so many"), 5),
    share: number({ low: 0, above: true, high: 1, below: true }, "a share"),
    rate: number({ low: 0, above: true, high: 100 }, "a rate"),
    size: number({ low: -1 }, "a size"),
    way: oneOf("WAY", ["up", "down"], "where to"),
    color: oneOf("COLOR", ["red", "green", "blue"], "which"),
    out: path("DIR", "a place"),
    file: path("FILE", "a file"),
    note: text("TEXT", "any words"),
    list: LIST,
    "no-tune": flag("a switch"),
    again: flag("another"),
  },
  exclusive: [[["again", "no-tune"], "one of them"]],
  lists: [["Names:", ["  a", "  b"]]],
  end: "The end.",
});
const read = (line: string) => parse(ROUND, line.split(" ").filter(Boolean))!;

Deno.test("parse() gives every flag its value, the others their defaults, and words as they are", () => {
  const line =
    "--list a --list=b,c --again --verbose 7 --count 64 --share=0.5 --rate 1e2 --size -1 " +
    "--way up --color blue --out o --file=f --note=x 1.0 -- --again";
  const { flags, names, words, args } = read(line);
  assertEquals(flags, {
    ...{ count: 64, share: 0.5, rate: 100, size: -1, way: "up", color: "blue", out: "o" },
    ...{
      file: "f",
      note: "x",
      list: ["a", "b", "c"],
      "no-tune": false,
      again: true,
      verbose: true,
    },
  });
  assertEquals([words, args], [["7", "1.0", "--again"], line.split(" ")]);
  assertEquals([names.has("size"), names.has("no-tune")], [true, false]);
  const { count, size, list, again } = read("").flags;
  assertEquals([count, size, list, again], [5, undefined, [], false]);
  // The types are those of the table.
  const typed: ["up" | "down" | undefined, number, boolean] = [flags.way, count, again];
  assertEquals(typed.length, 3);
});

Deno.test("parse() leaves help to be shown", () => {
  for (const line of ["--help", "-h", "help", "a --help", "--strange -h", "--count x --help"]) {
    assertEquals(read(line), undefined, line);
  }
  assertEquals(read("help a").words, ["help", "a"]);
  assertEquals(parse({ ...ROUND, helpByDefault: true }, []), undefined);
});

const range = "a whole number from 1 to 64", help = "see deno task round --help";
const refusals: [args: string | string[], message: string][] = [
  ["--cont 3", "round does not know --cont; the nearest flag is --count"],
  ["--no-again", "round does not know --no-again; the nearest flag is --again"],
  ["--learning-rate=3", `round does not know --learning-rate: ${help}`],
  ["-v", `round does not know -v: ${help}`],
  ["--_=3", `round does not know --_: ${help}`],
  ["--constructor", `round does not know --constructor: ${help}`],
  ["--count", `--count needs ${range}: --count N`],
  [["--count", ""], `--count needs ${range}: --count N`],
  ["--count=", `--count needs ${range}: --count N`],
  [["--count", " "], `--count is " "; it must be ${range}`],
  ...["0", "65", "-1", "1.5", "five", "0x", "1,5", "Infinity", "NaN"].flatMap((it) =>
    [`--count=${it}`, `--count ${it}`].map((line): [string, string] => [
      line,
      `--count is "${it}"; it must be ${range}`,
    ])
  ),
  ["--share 0", '--share is "0"; it must be a number above 0 and below 1'],
  ["--share 1", '--share is "1"; it must be a number above 0 and below 1'],
  ["--rate 101", '--rate is "101"; it must be a number above 0, 100 at the most'],
  ["--size -2", '--size is "-2"; it must be a number of at least -1'],
  ["--way left", '--way is "left"; it must be up or down'],
  ["--color", "--color needs one of red, green, blue: --color COLOR"],
  ["--color gray", '--color is "gray"; it must be one of red, green, blue'],
  ["--out --again", "--out needs a folder: --out DIR"],
  ["--file=", "--file needs a file: --file FILE"],
  ["--note", "--note needs a text: --note TEXT"],
  ["--note=", "--note needs a text: --note TEXT"],
  ["--count 1 --count=1", "--count is given more than once"],
  ["--again=false", "--again takes no value: leave out =false"],
  ["--again=", "--again takes no value: leave out ="],
  ["--no-tune=yes", "--no-tune takes no value: leave out =yes"],
  ["--again --no-tune", "--again and --no-tune exclude each other: one of them"],
];
for (const [args, message] of refusals) {
  Deno.test(`parse() refuses ${args}`, () => {
    const given = typeof args === "string" ? args.split(" ") : args;
    assertEquals(assertThrows(() => parse(ROUND, given), UsageError).message, message);
  });
}

Deno.test("parse() refuses words where a command takes none", () => {
  for (const args of [["a"], ["--again", "--", "a"]]) {
    const none = { ...ROUND, words: false };
    assertThrows(() => parse(none, args), UsageError, `round does not know a: ${help}`);
  }
});

Deno.test("nearest() names what is near only", () => {
  const names = ["mnist", "fashion-mnist", "--lr"];
  const found = ["mnits", "fashoin-mnist", "--lrr", "lrr", "-x", "", "cifar"].map((it) =>
    nearest(it, names)
  );
  assertEquals(found, [...names, "--lr", undefined, undefined, undefined]);
  assertEquals(unknownName("set", "x", ["a"]).message, 'Unknown set "x": there are a');
});

Deno.test("helpOf() has everything, in lines of 100 characters", () => {
  const lines = helpOf(ROUND).split("\n");
  assertEquals(lines.filter((line) => line.length > 100), []);
  assertEquals(lines.slice(3, 12), [
    ...["  deno task round          all", "  deno task round NAME...  these", ""],
    ...["Names:", "  a", "  b", "", "Options", "  --count N      so many; default: 5"],
  ]);
  assertEquals(lines.slice(-4), [
    ...["  --verbose      print stack traces", "  -h, --help     print this", "", "The end."],
  ]);
});
