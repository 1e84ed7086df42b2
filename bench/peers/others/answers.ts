/** One program and one work: answers what it is asked, in a process or in a page of its own. */
import { wallClock } from "../../../src/tune/timing.ts";
import { outcomeOf } from "../outcome.ts";
import type { Program, Runnable } from "../program.ts";
import type { Readied, Request, Sample } from "../protocol.ts";

/** Share of the asked time that a sample must last. */
const ENOUGH = 0.8;

/** Answers for one program; `open` is undefined for ours. */
export function answersOf(
  open: (() => Promise<Program>) | undefined,
): (request: Request) => Promise<Readied | Sample> {
  let ready: Runnable | undefined;
  let msOfOne = 0;

  async function prepare(
    { work, batch, width, given }: Request & { ask: "prepare" },
  ): Promise<Readied> {
    let readied: Omit<Readied, "outcome" | "firstMs">;
    if (open) {
      const { version, adapter, load, remark } = await open();
      ready = await load(work, given!);
      readied = { version, adapter, remark: remark?.(work) };
    } else {
      const { version, adapter, load } = await (await import("../ours.ts")).openOurs();
      const { runnable, ...rest } = await load(work, batch, width);
      ready = runnable;
      readied = { version, adapter, ...rest };
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

  return (request) => request.ask === "prepare" ? prepare(request) : timed(request);
}
