/** The first run of a recorded step: when its kernels are compiled. */
import type { Encoder } from "../encoder.ts";
import type { Pipeline } from "../pipelines.ts";
import type { Command } from "./recording.ts";

/** A kernel that is being compiled for the first run of a step. */
export interface Compiling {
  /** Its name. */
  kernel: string;
  /** Which one it is, from 1 on. */
  number: number;
  /** How many this step needs that were not compiled before. */
  of: number;
}

/** Called with each kernel before it is compiled. */
export type OnCompile = (compiling: Compiling) => void;

/** From then on it is worth 10 ms a kernel to know which one takes so long. */
const PATIENCE_MS = 2000;

/**
 * Compiles the kernels of commands that have none yet, and encodes all.
 *
 * @param check Called after each wait: refuses commands that are no longer to be run.
 * @param lazy Whether the driver compiles no sooner than a kernel runs, as software adapters do: each is submitted by itself
 * then. Other drivers compile when a pipeline is made, and all are asked for at once.
 */
export async function firstRun(
  commands: readonly Command[],
  { encoder, queue, lazy }: { encoder: Encoder; queue: GPUQueue; lazy: boolean },
  onCompile: OnCompile,
  check: () => void,
): Promise<void> {
  const kernels = new Set(
    commands.flatMap((it) => "pipeline" in it && !it.pipeline.ready ? [it.pipeline] : []),
  );
  if (!lazy) {
    await together([...kernels], onCompile);
    check();
  }
  const of = kernels.size, from = performance.now();
  for (const command of commands) {
    const compiles = lazy && "pipeline" in command && kernels.delete(command.pipeline);
    if (compiles) onCompile({ kernel: command.kernel, number: of - kernels.size, of });
    encoder.encode(command);
    if (!compiles) continue;
    encoder.flush();
    if (performance.now() - from <= PATIENCE_MS) continue;
    await queue.onSubmittedWorkDone();
    check();
  }
}

/**
 * Compiles kernels at the same time where the runtime can. Browsers do; Deno blocks the thread for one after the other, so
 * others get a turn in between, such as Ctrl-C.
 */
async function together(kernels: readonly Pipeline[], onCompile: OnCompile): Promise<void> {
  const of = kernels.length, asked: Promise<void>[] = [];
  const tell = (i: number) => onCompile({ kernel: kernels[i].name, number: i + 1, of });
  for (let i = 0; i < of; i++) {
    tell(i);
    asked.push(kernels[i].prepare());
    await new Promise((done) => setTimeout(done));
  }
  for (let i = 0; i < of; i++) {
    if (!kernels[i].ready) tell(i);
    await asked[i];
  }
}
