import { assertEquals } from "@std/assert";
import { parse } from "../../../cli/flags.ts";
import { expCommand } from "../../../experiments/flags/exp.ts";
import { queueOf } from "../../../experiments/flags/queue.ts";
import { PUBLISHED } from "../../../experiments/flags/row.ts";
import { plan as checkPlan } from "../../../experiments/plan/checks.ts";
import { planOf, PRESETS } from "../../../experiments/plan/plan.ts";
import { CATALOG, renamedIn, rowOf } from "../../../experiments/rows/catalog.ts";
import { RELATIVES } from "../../../experiments/rows/relatives.ts";
import { granted } from "../../permissions.ts";

/** Modules that are no row. */
const MODULES = ["catalog", "experiment", "own_row", "relatives"];

Deno.test("CATALOG holds each file of a row, under the file's name", async () => {
  if (!await granted("read")) return;
  const rows = new URL("../../../experiments/rows/", import.meta.url);
  const made = new Set(RELATIVES.map(({ id }) => id));
  const files = [...Deno.readDirSync(rows)].filter(({ isFile }) => isFile).map(({ name }) => name);
  assertEquals(
    [...CATALOG.keys()].filter((id) => !made.has(id)).concat(MODULES).sort(),
    files.map((name) => name.replace(/\.ts$/, "")).sort(),
    "each file has a line in experiments/rows/catalog.ts",
  );
});

Deno.test("CATALOG: config.json can hold the plan of each row, under each preset that all rows take", () => {
  for (const row of CATALOG.values()) {
    for (const preset of PRESETS.filter((it) => it !== "fast")) {
      checkPlan(JSON.parse(JSON.stringify(planOf(row, preset))), `${row.id} --preset ${preset}`);
    }
  }
});

Deno.test("a former id is the row that it became, by itself and in --only, and that is said", () => {
  for (const id of ["density-max", "density-min", "density-3d", "density-correlation", "density"]) {
    assertEquals(rowOf(id)?.id, "density");
    const given = parse(expCommand(), ["all", "--only", id])!;
    const ids = queueOf(given, PUBLISHED).runs.map(({ plan }) => plan.id);
    assertEquals(ids, ["density"]);
  }
  const line = (id: string) => `${id} is density now: one training with all of its figures`;
  assertEquals(renamedIn(["density-max", "--seed", "3"]), [line("density-max")]);
  const both = [line("density-min"), line("density-3d")];
  assertEquals(renamedIn(["all", "--only=density-min,kz-center,density-3d"]), both);
  assertEquals(renamedIn(["density"]), []);
});
