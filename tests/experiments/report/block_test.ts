import { assertEquals } from "@std/assert";
import { withBlock } from "../../../experiments/report/block.ts";

Deno.test("withBlock() replaces what stands between the marks, and no more", () => {
  const readme = "a\n\n<!-- results:begin -->\n\nold\n\n<!-- results:end -->\n\nb\n";
  const block = { path: "README.md", name: "results", lines: ["new"] };
  const once = withBlock(readme, block);
  assertEquals(once, readme.replace("old", "new"));
  assertEquals(withBlock(once, block), once);
  const none = withBlock(once, { ...block, lines: [] });
  assertEquals(none, readme.replace("old\n\n", ""), "as a formatter leaves it");
  assertEquals(withBlock(none, block), once);
});
