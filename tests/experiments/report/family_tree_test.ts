import { assert, assertEquals } from "@std/assert";
import { familyTreeLines } from "../../../experiments/report/family_tree.ts";
import { LOSSES } from "../../../src/losses/table.ts";
import { granted } from "../../permissions.ts";

Deno.test("familyTreeLines() says by what a loss goes, and shows the push that a sample feels", async () => {
  if (!await granted("read")) return;
  const sections = (await familyTreeLines([])).join(" ").split("### ");
  const of = (name: string) => sections.find((it) => it.startsWith(`${name} `)) ?? "";
  assert(
    of("SupCon").includes(
      "a sample is classified by the nearest class mean of the training features",
    ),
  );
  assert(of("standalone center loss").includes("a sample is classified by the nearest center."));
  assert(of("cross-entropy").includes("a sample is classified by the largest logit."));
  for (const [name, shown] of [["Git loss", true], ["Island loss", false]] as const) {
    assert(of(name).includes("-push.png)") === shown, name);
  }
});

Deno.test("pictures of docs/losses.md are of what the losses start from; else: deno task losses:draw --only KIND", async () => {
  if (!await granted("read")) return;
  const drawn = JSON.parse(await Deno.readTextFile("docs/losses/starts.json"));
  const { own: _, ...losses } = LOSSES;
  const starts = Object.fromEntries(
    Object.entries(losses).map(([kind, { start }]) => [kind, start]),
  );
  assertEquals(drawn, JSON.parse(JSON.stringify(starts)));
});
