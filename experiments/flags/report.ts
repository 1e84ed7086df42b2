/** The command line of `deno task report`. */
import { command, type Given } from "../../cli/flags.ts";
import { DATA_DIR } from "../../cli/shared.ts";
import { path } from "../../cli/values.ts";
import { UsageError } from "../../src/base/errors.ts";

/** The command. */
export const REPORT = command({
  name: "report",
  about:
    "Writes a page of a run, of several side by side, or of a study: one HTML file that works offline.",
  forms: [
    ["RUN", "of one run or study: report.html in its folder"],
    ["RUN RUN...", "of several, side by side: report.html in the folder around them"],
    ["DIR", "of all runs in a folder, side by side: DIR/report.html"],
    ["results --site DIR", "of all results, a page each, with a gallery: DIR/index.html"],
  ],
  words: true,
  flags: {
    out: path("FILE", "where the page goes, which ends in .html"),
    site: path("DIR", "a folder for the pages of all results, to be published as it is"),
    "data-dir": DATA_DIR,
  },
  exclusive: [[["out", "site"], "the one names a page, the other a folder of pages"]],
  end:
    "RUN is a run's folder, runs/ROW/PRESET/seed-N. Results are not written into: they need --out.",
});

/** What is asked: of what, and where to. */
export type ReportTask = Given<typeof REPORT.flags>["flags"] & { places: readonly string[] };

/**
 * What a command line asks for.
 *
 * @throws {UsageError} For what does not fit together.
 */
export function reportTask({ flags, words }: Given<typeof REPORT.flags>): ReportTask {
  if (words.length === 0 || words.includes("")) {
    throw new UsageError("report needs a run, or a folder of runs: deno task report RUN");
  }
  const { out, site } = flags;
  if (out !== undefined && !/\.html?$/i.test(out)) {
    throw new UsageError(`--out is "${out}"; it must be a file that ends in .html`);
  }
  if (site !== undefined && words.length > 1) {
    throw new UsageError(`--site takes one folder of results, not ${words.length}`);
  }
  return { ...flags, places: words };
}
