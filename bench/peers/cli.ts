// deno-lint-ignore-file no-console
/** The program behind `deno task bench:peers`: the same work through this program and through others. */
import { mainOf, runCli } from "../../cli/run_cli.ts";
import { digits } from "../../src/base/format.ts";
import { textTable } from "../../src/base/text_table.ts";
import { checkWritable, saveAll, saveSoFar } from "../output_file.ts";
import { contest } from "./contest.ts";
import { PeerProcess } from "./peer_process.ts";
import { BENCH_PEERS, peerOptions } from "./options.ts";
import { type PeerRow, toCsv } from "./rows.ts";

/** Runs the command: a program that was refused or broke off has a line that says why, and changes nothing for the others. */
export const main = mainOf(BENCH_PEERS, async (given) => {
  const { works, csv, ...options } = peerOptions(given);
  if (csv) await checkWritable(csv);
  const { titles, line } = columns();
  console.log(titles);
  const rows: PeerRow[] = [];
  for (const work of works) {
    const more = await contest(work, { ...options, open: (program) => new PeerProcess(program) });
    rows.push(...more);
    for (const row of more) console.log(line(row));
    if (csv) await saveSoFar(csv, toCsv(rows));
  }
  if (csv) await saveAll(csv, toCsv(rows));
  return 0;
});

function columns() {
  const { titles, line } = textTable(
    [{ title: "work", width: 22 }, { title: "program", width: 13 }],
    ["ms", "GFLOP/s", "images/s", "first ms", "ratio"],
  );
  return {
    titles,
    line: ({ work, program, note, ms, gflops, imagesPerSecond, firstMs, ratioToOurs }: PeerRow) => {
      const numbers = [ms, gflops, imagesPerSecond, firstMs, ratioToOurs].map(digits);
      return line([work, program], numbers) + (note && `\n  ${note}`);
    },
  };
}

if (import.meta.main) await runCli(main);
