/** What a training step costs the processor, part by part. */
import { median } from "../../src/base/averages.ts";
import { gpu } from "../../src/gpu/device.ts";
import type { Command } from "../../src/gpu/record/recording.ts";
import { scope } from "../../src/tensor/scope.ts";
import type { NetworkName } from "../works/networks.ts";
import { trainingStep } from "../works/training_step.ts";
import { PHASES, phasesOf } from "./phase_of.ts";
import { type Spent, spentBetween, threadTimes } from "./thread_times.ts";

/** A line of the table: milliseconds of a processor core, for one step. */
export interface PhaseRow extends Spent {
  adapter: string;
  network: NetworkName;
  batch: number;
  /** A part, or {@linkcode WHOLE}. */
  phase: string;
}

/** The step itself, as it is replayed. */
const WHOLE = "a whole step";

/** All parts take turns, so often; what ran beside one also ran beside the others. */
const TURNS = 5;

/** A turn of a part fills so much processor time. */
const TURN_MS = 400;

/** Runs each part of a recorded step by itself, and the whole of it: medians of five turns. */
export async function measurePhases(network: NetworkName, batch: number): Promise<PhaseRow[]> {
  const { step, parameters } = trainingStep(network, batch);
  const recording = gpu().recordings.record(() => {
    using _ = scope();
    step();
  });
  const first = parameters.get("centers")!.alias([1]);
  const run = async (commands: readonly Command[]) => {
    for (const command of commands) gpu().encoder.encode(command);
    gpu().flush();
    await first.read();
  };
  await run([]);
  const { commands } = recording;
  const phases = phasesOf(commands.map((it) => "pipeline" in it ? it.kernel : "(copy)"));
  const parts = [...PHASES, WHOLE].map((phase) => ({
    phase,
    commands: phase === WHOLE ? commands : commands.filter((_, i) => phases[i] === phase),
    turns: [] as Spent[],
  })).filter((part) => part.commands.length > 0);
  for (let turn = 0; turn < TURNS; turn++) {
    for (const part of parts) part.turns.push(await costOf(() => run(part.commands)));
  }
  first.dispose();
  gpu().recordings.discard(recording);
  const { description: adapter } = gpu().adapter;
  return parts.map(({ phase, turns }) => {
    const middle = (of: keyof Spent) => median(turns.map((turn) => turn[of]));
    const spent = { workers: middle("workers"), busiest: middle("busiest"), rest: middle("rest") };
    return { adapter, network, batch, phase, ...spent };
  });
}

/** The processor time of one run. */
async function costOf(run: () => Promise<void>): Promise<Spent> {
  const cores = navigator.hardwareConcurrency, start = threadTimes();
  let runs = 0, spent = spentBetween(start, start, cores);
  while (spent.workers + spent.rest < TURN_MS) {
    await run();
    spent = spentBetween(start, threadTimes(), cores);
    runs++;
  }
  const { workers, busiest, rest } = spent;
  return { workers: workers / runs, busiest: busiest / runs, rest: rest / runs };
}
