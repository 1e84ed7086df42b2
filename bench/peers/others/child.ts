/** A process for one program and one work: answers on standard output what it is asked on standard input. */
import type { Program } from "../program.ts";
import { type Answer, decode, encode, lines, type Request } from "../protocol.ts";
import type { ProgramName } from "../programs.ts";
import { answersOf } from "./answers.ts";

/** What opens each of the others; a process loads one library. */
const OTHERS: Record<Exclude<ProgramName, "ours">, () => Promise<Program>> = {
  "tfjs-webgpu": async () => (await import("./tfjs.ts")).openTfjs("webgpu"),
  "tfjs-wasm": async () => (await import("./tfjs.ts")).openTfjs("wasm"),
  "jax-js-webgpu": async () => (await import("./jax.ts")).openJax(),
};

async function say(answer: Answer<unknown>): Promise<void> {
  const bytes = new TextEncoder().encode(encode(answer));
  for (let at = 0; at < bytes.length;) at += await Deno.stdout.write(bytes.subarray(at));
}

const program = Deno.args[0] as ProgramName;
const answer = answersOf(program === "ours" ? undefined : OTHERS[program]);
for await (const line of lines(Deno.stdin.readable)) {
  const request = decode<Request>(line);
  if (!request) continue;
  try {
    await say({ answer: await answer(request) });
  } catch (error) {
    await say({ error: (error as Error)?.message ?? String(error) });
  }
}
Deno.exit(0);
