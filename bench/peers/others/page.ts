/// <reference lib="dom" />
/** A page for one program and one work: answers what it is asked through `ask()`. */
import type { PageProgramName } from "../page/programs.ts";
import type { Program } from "../program.ts";
import { type Answer, decode, encode, type Request } from "../protocol.ts";
import { answersOf } from "./answers.ts";

/** Where the server of the page has TensorFlow.js's WebAssembly. */
const WASM = "/wasm/";

/** What opens each of the others. */
const OTHERS: Record<Exclude<PageProgramName, "ours" | "ours-deno">, () => Promise<Program>> = {
  "convnetjs": async () => (await import("./convnet.ts")).openConvnet(),
  "tfjs-webgpu": async () => (await import("./tfjs.ts")).openTfjs("webgpu"),
  "tfjs-webgl": async () => {
    await import("npm:@tensorflow/tfjs-backend-webgl@4.22.0");
    return (await import("./tfjs.ts")).openTfjs("webgl");
  },
  "tfjs-wasm": async () => {
    (await import("npm:@tensorflow/tfjs-backend-wasm@4.22.0")).setWasmPaths(WASM);
    return (await import("./tfjs.ts")).openTfjs("wasm");
  },
  "tfjs-cpu": async () => {
    await import("npm:@tensorflow/tfjs-backend-cpu@4.22.0");
    return (await import("./tfjs.ts")).openTfjs("cpu");
  },
  "jax-js-webgpu": async () => (await import("./jax.ts")).openJax(),
};

const program = location.hash.slice(1) as PageProgramName;
const answer = answersOf(
  program === "ours" || program === "ours-deno" ? undefined : OTHERS[program],
);

/** The answer to a request, both as lines of the protocol. */
async function ask(line: string): Promise<string> {
  try {
    return encode({ answer: await answer(decode<Request>(line)!) } satisfies Answer<unknown>);
  } catch (error) {
    return encode({ error: (error as Error)?.message ?? String(error) });
  }
}

Object.assign(globalThis, { ask });
