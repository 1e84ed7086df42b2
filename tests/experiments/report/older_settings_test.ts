import { assertEquals } from "@std/assert";
import { planOf } from "../../../experiments/plan/plan.ts";
import {
  marked,
  olderLines,
  olderNote,
  olderSettings,
} from "../../../experiments/report/older_settings.ts";
import { CATALOG } from "../../../experiments/rows/catalog.ts";

Deno.test("olderSettings() compares a run with what its preset has today", () => {
  const today = { ...planOf(CATALOG.get("standalone-mnist-2")!, "quick"), seed: 7 };
  assertEquals([olderSettings(today), marked("quick", today)], ["", "quick"]);
  assertEquals([olderLines([today]), olderNote([today], "page.md")], [[], []]);
  const loss = { kind: "standalone", weightIntra: 1, weightInter: 0.1, form: "log1p" } as const;
  const older = { ...today, recipe: { ...today.recipe, loss } };
  assertEquals(olderSettings(older), "weight inter 0.1, today 0.8");
  assertEquals(marked("quick", older), "quick †");
  assertEquals(olderLines([today, older, older]), [
    "",
    "† Trained with other settings than `quick` has today: weight inter 0.1, today 0.8.",
  ]);
  assertEquals(olderNote([older], "page.md").at(-1)!.includes("[other settings](page.md)"), true);
  assertEquals(olderSettings({ ...older, id: "no-row-of-the-catalog" }), "");
});
