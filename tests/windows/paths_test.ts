/** Paths as Windows has them: drives, backslashes, names without regard to capitals. */
import { assertEquals } from "@std/assert";
import { withSlashes } from "../../src/base/path.ts";
import { granted } from "../permissions.ts";
import { asWindows } from "./as_windows.ts";

const PATH = "src/base/path.ts";

Deno.test("isWithin() knows drives, and takes capitals for small letters", async () => {
  if (!await granted("read")) return;
  const cases: [path: string, folder: string, within: boolean][] = [
    ["C:\\results\\site", "C:\\results", true],
    ["c:/Results", "C:\\results", true],
    ["C:\\results-2", "C:\\results", false],
    ["C:\\results\\..\\site", "C:\\results", false],
    ["D:\\results\\site", "C:\\results", false],
    ["C:\\results\\..site", "C:\\results", true],
  ];
  const answers = await asWindows(PATH, "isWithin", cases.map(([path, folder]) => [path, folder]));
  assertEquals(answers, cases.map(([, , within]) => within));
});

Deno.test("withSlashes() makes an address of a path, and leaves a backslash that is part of a name", async () => {
  if (!await granted("read")) return;
  const answers = await asWindows(PATH, "withSlashes", [["results\\fast\\val.gif"]]);
  assertEquals(answers, ["results/fast/val.gif"]);
  if (Deno.build.os !== "windows") assertEquals(withSlashes("a\\b/c"), "a\\b/c");
});

Deno.test("around() refuses folders on two drives, which have none in common", async () => {
  if (!await granted("read")) return;
  const answers = await asWindows("experiments/pages/subject.ts", "around", [
    [["C:\\runs\\a\\seed-1", "C:\\runs\\b\\seed-1"]],
    [["C:\\runs\\a", "D:\\runs\\b"]],
  ]);
  const refusal = "C:\\runs\\a and D:\\runs\\b have no folder in common: name a file with --out";
  assertEquals(answers, ["C:\\runs", refusal]);
});
