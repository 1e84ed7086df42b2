// deno-lint-ignore-file no-console
/**
 * Part of `deno task test:kill`: runs as a user starts them, which lose their device at different moments
 * (`lost/losing.ts`), 20 times in all. They must end with the bytes of a run that was never disturbed, and stop with one line where they lose too many.
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import {
  assertSameNumbers,
  folderIn,
  noData,
  numbersIn,
  rowFolder,
} from "./experiments/run_folders.ts";
import { ended, NUMBERS, ROW, start, steadily } from "./processes.ts";

/** Each loses two devices; with the study's that makes 20 losses. */
const RUNS = 9;
const STUDY = ["keras-lambda", "--preset", "smoke", "--name", "t", "--no-tune"];
const LOST = "The GPU device was lost (";
/** Runs a command that loses devices. */
const losing = (moments: string, command: string, flags: readonly string[]) =>
  steadily(() => ended(start("tests/lost/losing.ts", [moments, command, ...flags])));

const times = (text: string, part: string) => text.split(part).length - 1;

const root = await Deno.makeTempDir();
/** Submits so long that they end where the program wants them to, so that each run has as many as the other. */
const LONG = ["--submit-ms", "1000"];
const placed = (name: string) => ["--out", join(root, name), ...NUMBERS, ...LONG];
try {
  const whole = await losing("-", "exp", [...ROW, ...placed("whole")]);
  assertEquals(whole.code, 0, whole.said);
  const wanted = numbersIn(folderIn(join(root, "whole")));
  const calls = JSON.parse(/^calls (.*)$/m.exec(whole.said)![1]) as Record<string, number>;
  const names = Object.keys(calls);

  for (let i = 0; i < RUNS; i++) {
    // The first device goes anywhere in the run, the second within what the shortest rest of one needs.
    const [first, second] = [names[i % names.length], names[(i * 3 + 1) % names.length]];
    const at = Math.max(1, Math.round(calls[first] * (i + 0.5) / RUNS));
    const moments = `${first}:${at},${second}:${i + 1}`;
    // The demo is started by another command and goes through the same losses.
    const [command, row] = i === 3 ? ["demo", ROW.slice(1)] : ["exp", ROW];
    const { code, said } = await losing(moments, command, [...row, ...placed(`lost-${i}`)]);
    assertEquals(code, 0, said);
    assertEquals(times(said, LOST), 2, said);
    assertSameNumbers(folderIn(join(root, `lost-${i}`)), wanted);
    console.log(`${command}: lost at ${moments}, ended with the same bytes`);
  }

  const { submit } = calls, half = Math.round(submit / 2);
  const dropped = await losing(`drop:${half}`, "exp", [...ROW, ...placed("dropped")]);
  assertEquals(dropped.code, 0, dropped.said);
  assertStringIncludes(dropped.said, `${LOST}submits left out, though reported as done: 1)`);
  assertSameNumbers(folderIn(join(root, "dropped")), wanted);
  console.log(`exp: submit ${half} was left out, ended with the same bytes`);

  const study = async (name: string, moments: string) => {
    const place = [...placed(name), "--data-dir", noData(root)];
    const { code, said } = await losing(moments, "exp", [...STUDY, ...place]);
    assertEquals(code, 0, said);
    assertEquals(times(said, LOST), moments === "-" ? 0 : 2, said);
    return join(root, name);
  };
  const [undisturbed, lost] = [
    await study("study", "-"),
    await study("lost", "submit:20,mapAsync:25"),
  ];
  for (const id of ["keras-lambda-0", "keras-lambda-0.5", "keras-lambda"]) {
    assertSameNumbers(rowFolder(lost, id), numbersIn(rowFolder(undisturbed, id)));
  }
  console.log("a study: lost twice, ended with the same bytes");

  const place = placed("too-often"), thrice = "mapAsync:8,submit:4,mapAsync:4";
  const stopped = await losing(thrice, "exp", [...ROW, ...place]);
  assertEquals(stopped.code, 1, stopped.said);
  assertMatch(
    stopped.said,
    /^The GPU device was lost \([^)]+\): the run stops here, its last checkpoint is intact; continue it with --resume$/m,
  );
  const folder = folderIn(join(root, "too-often"));
  const out = ["--out", join(root, "too-often")];
  const resumed = await losing("-", "exp", [...ROW, ...out, "--resume"]);
  assertEquals(resumed.code, 0, resumed.said);
  assertSameNumbers(folder, wanted);
  console.log("lost a third time: stopped, and resumed to the same bytes");

  const evaluated = await losing("submit:1", "eval", [folder, "--method", "softmax"]);
  assertEquals(evaluated.code, 1, evaluated.said);
  assertStringIncludes(evaluated.said, LOST);
  assert(evaluated.said.trimEnd().endsWith(": start again"), evaluated.said);
  console.log("eval: said so, and gave advice that it understands");
} finally {
  await Deno.remove(root, { recursive: true });
}
