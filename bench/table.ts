/** Results as text. */
import { digits, percent } from "../src/base/format.ts";
import { column, textTable } from "../src/base/text_table.ts";
import { type Limits, shareOfLimit } from "./limits/limits.ts";
import type { ProfileRow } from "./profile.ts";
import type { Projection } from "./project.ts";
import type { Row } from "./work.ts";

/** A share of a step or a limit; a dash for what is not counted. */
const shown = (share: number | null) => share === null ? "-" : percent(share, 1);

/** The table of timed works. */
export function worksTable(works: readonly { work: string; shape: string }[]) {
  const { titles, line } = textTable(
    (["work", "shape"] as const).map((name) => column(name, works.map((work) => work[name]))),
    ["ms", "GFLOP/s", "GB/s", "images/s", "of limit"],
  );
  return {
    titles,
    line: (row: Row, limits: Limits) => {
      const { work, shape, ms, gflops, gbs, imagesPerSecond } = row;
      const numbers = [ms, gflops, gbs, imagesPerSecond].map(digits);
      return line([work, shape], [...numbers, shown(shareOfLimit(row, limits))]);
    },
  };
}

/** The limits themselves, in a table of their own. */
export function limitsTable() {
  const { titles, line } = textTable(
    [{ title: "limit", width: 21 }, { title: "shape", width: 40 }],
    ["ms", "GFLOP/s", "GB/s"],
  );
  return {
    titles,
    line: ({ work, shape, ms, gflops, gbs }: Row) =>
      line([work.replace(/^limit: /, ""), shape], [ms, gflops, gbs].map(digits)),
  };
}

/** The kernels of a step. */
export function profileTable(rows: readonly ProfileRow[]): string {
  const { titles, line } = textTable(
    [column("kernel", rows.map(({ kernel }) => kernel))],
    ["calls", "ms", "share", "GFLOP/s", "GB/s", "of limit"],
  );
  const lines = rows.map(({ kernel, calls, ms, share, gflops, gbs, ofLimit }) => {
    const rates = [gflops, gbs].map(digits);
    return line([kernel], [String(calls), digits(ms), shown(share), ...rates, shown(ofLimit)]);
  });
  const total = (of: "calls" | "ms") => rows.reduce((sum, row) => sum + row[of], 0);
  const all = line(["all"], [String(total("calls")), digits(total("ms"))]);
  return [titles, ...lines, all].map((it) => it.trimEnd()).join("\n");
}

/** A step on named GPUs. */
export function projectionTable(rows: readonly Projection[]): string {
  const { titles, line } = textTable(
    [column("GPU", rows.map(({ gpu }) => gpu)), column("kind", rows.map(({ kind }) => kind))],
    ["ms", "images/s", "ops", "bytes", "launches"],
  );
  const lines = rows.map(
    ({ gpu, kind, ms, imagesPerSecond, operations, bytes, launches, lead }) => {
      const numbers = [ms, imagesPerSecond].map(digits);
      return `${
        line([gpu, kind], [...numbers, ...[operations, bytes, launches].map(shown)])
      }  ${lead}`;
    },
  );
  return [`${titles}  leading kernels`, ...lines].join("\n");
}
