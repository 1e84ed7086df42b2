/** What a training step costs the processor, part by part, from what `deno task bench:phases` wrote. */
import { type Lines, numberIn } from "../../src/base/csv_lines.ts";
import { type Column, tableOf } from "../compare/markdown.ts";

/** What `results/bench/MACHINE/phases.csv` must have. */
export const PHASE_COLUMNS = {
  needed: ["network", "batch", "phase"],
  numbers: ["workers", "busiest", "rest"],
};

const NAMES: Readonly<Record<string, string>> = { resnet: "ResNet", lenetpp: "LeNet++" };

/** What stands below the other parts. */
const LAST = ["everything else", "a whole step"];

/** The block's lines: parts down, steps across. */
export function phasesTableOf(lines: Lines): string[] {
  const phases = [...Map.groupBy(lines, ({ phase }) => phase)].sort(([a], [b]) =>
    LAST.indexOf(a) - LAST.indexOf(b)
  );
  const columns: Column<typeof phases[number]>[] = [["phase", "left", ([phase]) => phase]];
  for (const [, [{ network, batch }]] of Map.groupBy(lines, (it) => `${it.network} ${it.batch}`)) {
    const own = (line: Lines[number]) => line.network === network && line.batch === batch;
    const parts = lines.filter((line) => own(line) && !isWhole(line.phase));
    const all = parts.reduce((sum, line) => sum + timeOf(line), 0);
    columns.push([
      `${NAMES[network] ?? network}, batch ${batch}`,
      "left",
      ([, of]) => cellOf(of.find(own), all),
    ]);
  }
  return tableOf(
    columns,
    phases,
    "Nothing is in the repository yet: `deno task bench:phases --csv` writes it.",
  );
}

const isWhole = (phase: string) => phase === LAST[1];

/** Milliseconds of all threads. */
const timeOf = (line: Lines[number]) =>
  (numberIn(line, "workers") || 0) + (numberIn(line, "rest") || 0);

/** All workers, the busiest of them, the rest; and of a part the share of all parts' time. */
function cellOf(line: Lines[number] | undefined, all: number): string {
  if (!line) return "";
  const ms = PHASE_COLUMNS.numbers.map((name) =>
    line[name] ? numberIn(line, name).toFixed(0) : "-"
  );
  const share = isWhole(line.phase) ? "" : `: ${(100 * timeOf(line) / all).toFixed(0)} %`;
  return `${ms.join(", ")}${share}`;
}
