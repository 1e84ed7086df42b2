/** A process for one program and one work: answers on standard output what it is asked on standard input. */
import { wallClock } from "../../../src/tune/timing.ts";
import { outcomeOf } from "../outcome.ts";
import type { Program, Runnable } from "../program.ts";
import {
  type Answer,
  decode,
  encode,
  lines,
  type Readied,
  type Request,
  type Sample,
} from "../protocol.ts";
import type { ProgramName } from "../programs.ts";

/** What opens each of the others; a process loads one library. */
const OTHERS: Record<Exclude<ProgramName, "ours">, () => Promise<Program>> = {
  "tfjs-webgpu": async () => (await import("./tfjs.ts")).openTfjs("webgpu"),
  "tfjs-wasm": async () => (await import("./tfjs.ts")).openTfjs("wasm"),
  "jax-js-webgpu": async () => (await import("./jax.ts")).openJax(),
};

/** Share of the asked time that a sample must last. */
const ENOUGH = 0.8;

let ready: Runnable | undefined;
let msOfOne = 0;

async function prepare(
  name: ProgramName,
  { work, batch, given }: Request & { ask: "prepare" },
): Promise<Readied> {
  let readied: Omit<Readied, "outcome" | "firstMs">;
  if (name === "ours") {
    const { version, adapter, load } = await (await import("../ours.ts")).openOurs();
    const { runnable, ...rest } = await load(work, batch);
    ready = runnable;
    readied = { version, adapter, ...rest };
  } else {
    const { version, adapter, load, remark } = await OTHERS[name]();
    ready = await load(work, given!);
    readied = { version, adapter, remark: remark?.(work) };
  }
  const { outcome, firstMs, lastMs } = await outcomeOf(work, ready);
  msOfOne = lastMs;
  return { ...readied, outcome, firstMs };
}

/** So many runs as fill the time, by what the last ones took; again when that was too few. */
async function timed({ ms }: Request & { ask: "sample" }): Promise<Sample> {
  for (;;) {
    const runs = Math.max(1, Math.ceil(ms / msOfOne));
    const all = await wallClock(ready!, runs);
    msOfOne = all / runs;
    if (all > ENOUGH * ms) return { ms: msOfOne, runs };
  }
}

async function say(answer: Answer<unknown>): Promise<void> {
  const bytes = new TextEncoder().encode(encode(answer));
  for (let at = 0; at < bytes.length;) at += await Deno.stdout.write(bytes.subarray(at));
}

for await (const line of lines(Deno.stdin.readable)) {
  const request = decode<Request>(line);
  if (!request) continue;
  const program = Deno.args[0] as ProgramName;
  try {
    const answer = request.ask === "prepare"
      ? await prepare(program, request)
      : await timed(request);
    await say({ answer });
  } catch (error) {
    await say({ error: (error as Error)?.message ?? String(error) });
  }
}
Deno.exit(0);
