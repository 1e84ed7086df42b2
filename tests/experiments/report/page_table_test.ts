import { assertEquals } from "@std/assert";
import { pageTableOf } from "../../../experiments/report/page_table.ts";

Deno.test("pageTableOf() has programs down and widths across, with ratios beside the others' rates", () => {
  const header = "work,shape,program,version,adapter,imagesPerSecond,ratioToOurs,rounds,note\n";
  const csv = header + "width 0.25,16x28x28x1,ours,0.1.0,Some GPU,100,1,3,\n" +
    "width 0.25,16x28x28x1,jax,0.2,Some GPU,50,0.5,3,\n" +
    "published width,2x28x28x1,ours,0.1.0,Some GPU,10,1,3,\n" +
    "published width,2x28x28x1,jax,,,,,0,it took more than 60 s\n";
  assertEquals(pageTableOf(csv), [
    "| program                      | computes on | images a second, width 0.25, batch 16 | images a second, published width, batch 2 |",
    "| ---------------------------- | ----------- | ------------------------------------: | ----------------------------------------: |",
    "| centerlab, in the page 0.1.0 | Some GPU    |                                   100 |                                      10.0 |",
    "| jax 0.2                      | Some GPU    |                         50.0 (0.500x) |                                         - |",
    "",
    "- jax: it took more than 60 s.",
    "- Medians of 3 rounds.",
  ]);
  assertEquals(
    pageTableOf(undefined)[0].startsWith("No comparison is in the repository yet"),
    true,
  );
});
