import { assertEquals } from "@std/assert";
import { PAGE_COLUMNS, pageTableOf } from "../../../experiments/report/page_table.ts";
import { parseLines } from "../../../src/base/csv_lines.ts";

const HEADER = "work,shape,program,version,adapter,imagesPerSecond,ratioToOurs,rounds,note\n";

const tableOf = (csv: string) => pageTableOf(parseLines(HEADER + csv, "page.csv", PAGE_COLUMNS));

Deno.test("pageTableOf() has programs down and widths across, with ratios beside the others' rates", () => {
  const csv = "width 0.25,16x28x28x1,ours,0.1.0,Some GPU,100,1,3,\n" +
    "width 0.25,16x28x28x1,jax,0.2,Some GPU,50,0.5,3,\n" +
    "published width,2x28x28x1,ours,0.1.0,Some GPU,10,1,3,\n" +
    "published width,2x28x28x1,jax,,,,,0,it took more than 60 s\n";
  assertEquals(tableOf(csv), [
    "| program                      | computes on | images a second, width 0.25, batch 16 | images a second, published width, batch 2 |",
    "| ---------------------------- | ----------- | ------------------------------------: | ----------------------------------------: |",
    "| centerlab, in the page 0.1.0 | Some GPU    |                                   100 |                                      10.0 |",
    "| jax 0.2                      | Some GPU    |                         50.0 (0.500x) |                                         - |",
    "",
    "- jax: it took more than 60 s.",
    "- Medians of 3 rounds.",
  ]);
  assertEquals(pageTableOf([])[0].startsWith("No comparison is in the repository yet"), true);
});

Deno.test("pageTableOf() leaves out rounds and ratios that are not known", () => {
  const csv = "width 0.25,16x28x28x1,jax,0.2,Some GPU,50,,,\n" +
    "width 0.25,16x28x28x1,ours,0.1.0,Some GPU,100,1,2,\n";
  const lines = tableOf(csv);
  assertEquals(lines[2].split("|").at(-2)!.trim(), "50.0");
  assertEquals(lines.at(-1), "- Medians of 2 rounds.");
});
