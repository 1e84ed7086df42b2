/** One's own images that lie somewhere else than when their run began. */
import { assertEquals, assertThrows } from "@std/assert";
import { withMovedImages } from "../../../experiments/plan/moved_images.ts";
import type { OwnData, Plan } from "../../../experiments/plan/plan.ts";
import { UsageError } from "../../../src/base/errors.ts";

const own = { source: "folder:a", test: "folder:b", testShare: 0.2 } as OwnData;
const run = (ownData: OwnData) => ({ plan: { id: "x", ownData } as Plan, images: "a digest" });

Deno.test("withMovedImages() moves what is named, and leaves the rest where it was", () => {
  const moved = (source?: string, test?: string) =>
    withMovedImages(run(own), { source, test }, "a run").ownData;
  assertEquals(moved("folder:a2"), { ...own, source: "folder:a2" });
  assertEquals(moved(undefined, "folder:b2"), { ...own, test: "folder:b2" });
  assertEquals(moved("folder:a2", "folder:b2"), { ...own, source: "folder:a2", test: "folder:b2" });
  assertEquals(moved("folder:./a"), own);
  const { test: _, ...shared } = own;
  const { ownData } = withMovedImages(
    run(shared),
    { source: "folder:c", test: undefined },
    "a run",
  );
  assertEquals(ownData, { ...shared, source: "folder:c" });
});

Deno.test("withMovedImages() refuses test images for a run that was begun without", () => {
  const { test: _, ...shared } = own;
  const wrong = () => withMovedImages(run(shared), { test: "folder:b2" }, "a run");
  assertThrows(wrong, UsageError, "--test-data is for a run that was begun with it");
});
