// deno-lint-ignore-file no-console
/**
 * `deno task test:kill`: runs as a user starts them, killed at different moments (`kill -9`) and resumed. Whatever is there
 * under its own name must be whole each time, and what comes out in the end must be the bytes of a run that was never
 * disturbed. It starts processes, so it stands beside the tests.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { unzipSync } from "npm:fflate@0.8.2";
import { EVENTS } from "../experiments/events/run_events.ts";
import { recordsIn } from "../experiments/events/tf_record.ts";
import { decodeNpy } from "../src/base/npy.ts";
import { decodeSafetensors } from "../src/base/safetensors.ts";
import { assertSameNumbers, contents, folderIn, numbersIn } from "./experiments/run_folders.ts";
import { ABORTED, ended, NUMBERS, ROW, start as started, steadily } from "./processes.ts";

const RANDOM_KILLS = 5;
/** A run that does nothing for so long is stuck. */
const PATIENCE_MS = 180_000;
/** How many runs may end before this process, which shares the machine with them, gets to kill one at its moment. */
const TRIES = 5;

/** What a run goes through, file by file: it is killed as soon as one of these is written. */
const MOMENTS = [
  ...["config.json", "last.safetensors", "features/epoch-001.npy", "metrics.csv", "steps.csv"],
  ...["confusion.csv", "best.safetensors", "last.safetensors", "train.png"],
  ...["frames/train-001.png", "train.gif", "features.npz", "projector/sprite.png", "report.html"],
];

const start = (out: string, flags: readonly string[]) =>
  started("experiments/cli.ts", [...ROW, "--out", out, ...flags]);

/** Kills a run at its moment, unless it ends before; resolves to whether it was killed. */
async function killed(run: Deno.ChildProcess, moment: Promise<unknown>): Promise<boolean> {
  const end = ended(run).then(({ code, said }) => {
    assert([0, 137, ...ABORTED].includes(code), said);
    return code;
  });
  await Promise.race([moment, end]);
  try {
    run.kill("SIGKILL");
  } catch {
    // It has ended.
  }
  return await end === 137;
}

/** Kills a run at its moment; one that ends before the kill reaches it is begun again. */
async function killAt(out: string, name: string): Promise<void> {
  const folder = folderIn(out);
  let flags = flagsFor(folder);
  for (let tries = 0; tries < TRIES; tries++) {
    if (await killed(start(out, flags), written(join(folder, name)))) return;
    console.log(`a run ended before it could be killed at ${name}: once more`);
    flags = ["--overwrite", ...NUMBERS];
  }
  throw new Error(`${TRIES} runs ended before they could be killed at ${name}`);
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Until a file is there that was not, or is another than it was. */
async function written(path: string): Promise<void> {
  const state = () => {
    try {
      const { mtime, ino, size } = Deno.statSync(path);
      return `${mtime?.getTime()} ${ino} ${size}`;
    } catch {
      return "";
    }
  };
  const before = state(), from = performance.now();
  while (["", before].includes(state())) {
    if (performance.now() - from > PATIENCE_MS) throw new Error(`${path} was not written`);
    await wait(1);
  }
}

/** Every file under its own name is whole; of the event file, which grows in its place, the records before its last ones are. */
function checkWhole(folder: string): void {
  for (const [name, bytes] of contents(folder)) {
    if (name.endsWith(".part") || name === ".lock") continue;
    const text = () => new TextDecoder().decode(bytes);
    if (name.endsWith(".json")) JSON.parse(text());
    else if (name.endsWith(".npy")) decodeNpy(bytes, name);
    else if (name.endsWith(".safetensors")) decodeSafetensors(bytes, name);
    else if (name.endsWith(".png")) assertStringIncludes(text().slice(-16), "IEND", name);
    else if (name.endsWith(".gif")) assertEquals(bytes.at(-1), 0x3b, name);
    else if (name.endsWith(".npz")) assert(Object.keys(unzipSync(bytes)).length >= 5, name);
    else if (name.endsWith(".html")) assertStringIncludes(text().slice(-16), "</html>", name);
    else if (name === EVENTS) assert(recordsEnd(bytes) > 0, name);
    else if (name.endsWith(".pbtxt")) assertStringIncludes(text().slice(-4), "}\n", name);
    else {
      const separator = name.endsWith(".tsv") ? "\t" : ",";
      const lines = text().split("\n").map((line) => line.split(separator).length);
      assertEquals(lines.pop(), 1, name);
      assertEquals(new Set(lines).size, 1, name);
    }
  }
}

/** Where the last whole record of an event file ends. */
const recordsEnd = (bytes: Uint8Array<ArrayBuffer>) => [...recordsIn(bytes)].at(-1)?.end ?? 0;

/** What takes a run up, whatever a kill left of it. */
function flagsFor(folder: string): readonly string[] {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) =>
    name !== ".lock" && !name.endsWith(".part")
  );
  if (names.length === 0) return NUMBERS;
  const resumable = names.includes("last.safetensors") || names.join() === "config.json";
  return resumable ? ["--resume"] : ["--overwrite", ...NUMBERS];
}

async function finish(out: string, wanted: Map<string, Uint8Array>): Promise<void> {
  const { code, said } = await steadily(() => ended(start(out, flagsFor(folderIn(out)))));
  assertEquals(code, 0, said);
  const folder = folderIn(out), events = contents(folder).get(EVENTS)!;
  assertSameNumbers(folder, wanted);
  assertEquals(recordsEnd(events), events.length, "an unfinished record was kept");
}

/** A run as `deno task` starts it, resolved as soon as an epoch is finished. */
async function startTask(out: string): Promise<{ task: Deno.ChildProcess; folder: string }> {
  const long = [...NUMBERS.slice(2), "--epochs", "999", "--out", out];
  const args = ["task", "exp", ...ROW, ...long];
  const task = new Deno.Command("deno", { args, stdout: "null", stderr: "null" }).spawn();
  const folder = folderIn(out);
  await written(join(folder, "metrics.csv"));
  return { task, folder };
}

/** Until nobody holds a folder. */
async function free(folder: string): Promise<void> {
  const from = performance.now();
  while (true) {
    const file = await Deno.open(join(folder, ".lock"), { write: true }).catch(() => undefined);
    const mine = !file || await file.tryLock(true);
    file?.close();
    if (mine) return;
    if (performance.now() - from > PATIENCE_MS) throw new Error(`${folder} is still held`);
    await wait(20);
  }
}

const root = await Deno.makeTempDir();
try {
  const whole = join(root, "whole"), from = performance.now();
  await Deno.mkdir(folderIn(whole), { recursive: true });
  const { code, said } = await steadily(() => ended(start(whole, flagsFor(folderIn(whole)))));
  assertEquals(code, 0, said);
  const ms = performance.now() - from;
  const wanted = numbersIn(folderIn(whole));

  const moments = join(root, "moments"), folder = folderIn(moments);
  await Deno.mkdir(folder, { recursive: true });
  for (const name of MOMENTS) {
    await killAt(moments, name);
    checkWhole(folder);
    console.log(`killed at ${name}: ${contents(folder).size} files, all whole`);
  }
  await finish(moments, wanted);
  console.log("resumed to the same bytes");

  // Delays from a fixed seed; what they meet is the machine's. A run that ends sooner is begun again.
  const random = join(root, "random"), place = folderIn(random);
  await Deno.mkdir(place, { recursive: true });
  let seed = 1, hits = 0;
  for (let i = 0; i < RANDOM_KILLS; i++) {
    seed = (seed * 48271) % 2147483647;
    const delay = ms * (0.2 + 0.8 * seed / 2147483647);
    const flags = i % 3 === 2 ? ["--overwrite", ...NUMBERS] : flagsFor(place);
    if (await killed(start(random, flags), wait(delay))) hits++;
    checkWhole(place);
    console.log(
      `killed after ${(delay / 1000).toFixed(2)} s: ${contents(place).size} files, all whole`,
    );
  }
  assert(hits > 0);
  await finish(random, wanted);
  console.log("resumed to the same bytes");

  // Each ends the task; by the last one it cannot tell its child.
  for (const signal of ["SIGTERM", "SIGHUP", "SIGINT", "SIGKILL"] as const) {
    const { task, folder } = await startTask(join(root, signal));
    task.kill(signal);
    await task.status;
    await free(folder);
    checkWhole(folder);
    console.log(`${signal} of deno task ended its run`);
  }

  // As from Ctrl-C of a whole group of processes, which `deno task` passes on to its child once more.
  const twice = join(root, "twice");
  const run = start(twice, [...NUMBERS.slice(2), "--epochs", "999"]);
  await written(join(folderIn(twice), "metrics.csv"));
  run.kill("SIGINT");
  await wait(50);
  run.kill("SIGINT");
  const stopped = await ended(run);
  assertStringIncludes(stopped.said, "Finished epochs are in ");
  console.log("SIGINT that came twice let the run stop in order");

  const shared = join(root, "shared");
  const first = start(shared, NUMBERS);
  await written(join(folderIn(shared), "config.json"));
  first.kill("SIGSTOP"); // so that it is still there when the others have tried
  for (const flags of [["--resume"], ["--overwrite", ...NUMBERS]]) {
    const second = await ended(start(shared, flags));
    assertEquals(second.code, 1);
    assertStringIncludes(
      second.said,
      `${folderIn(shared)} is in use by another process: wait until`,
    );
  }
  assert(await killed(first, Promise.resolve()));
  await finish(shared, wanted);
  console.log("kept a second process out, until the first was killed");
} finally {
  await Deno.remove(root, { recursive: true });
}
