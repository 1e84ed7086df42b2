/**
 * Every published row in smoke mode: its files, and its first losses beside stored ones. On the real data set where its
 * files are there, else on drawn images of its shape. `-- --store` at the end of the command writes the losses anew.
 */
import { assert, assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import { join } from "node:path";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { parseOptions } from "../../../experiments/flags/exp.ts";
import { run } from "../../../experiments/runner/runner.ts";
import { gpu } from "../../../src/gpu/device.ts";
import { granted } from "../../permissions.ts";
import { printed } from "../../printed.ts";
import { relativeError } from "../../../src/reference/relative_error.ts";
import { noData } from "../run_folders.ts";

const STORED = new URL("../../fixtures/smoke_losses.csv", import.meta.url);
/** Kaggle's lines are in another order than those that `deno task data:csv mnist` writes, so that losses are of drawn images. */
const DRAWN = "digit-recognizer";
/** Steps of the first epoch. */
const STEPS = 5;
const BAR = 1e-3;

/** Losses of a row's first steps. */
type Losses = Map<string, number[]>;

const keyOf = (id: string, drawn: boolean) => `${id},${drawn ? "drawn" : "real"}`;

async function storedLosses(): Promise<Losses> {
  const text = await Deno.readTextFile(STORED).catch(() => "");
  return new Map(
    text.trimEnd().split("\n").slice(1).map((line) => {
      const [id, images, ...losses] = line.split(",");
      return [`${id},${images}`, losses.map(Number)];
    }),
  );
}

async function store(losses: Losses): Promise<void> {
  const header = ["id", "images", ...Array.from({ length: STEPS }, (_, k) => `loss_${k + 1}`)];
  const lines = [...losses].sort(([a], [b]) => a < b ? -1 : 1).map(([key, values]) =>
    [key, ...values.map((v) => v.toPrecision(8))].join(",")
  );
  await Deno.writeTextFile(STORED, [header.join(","), ...lines, ""].join("\n"));
}

const published = [...CATALOG.values()].filter((row) => row.source);

Deno.test("exp ID --preset smoke leaves a whole folder, and the losses that are stored, for", async (t) => {
  if (!await granted("read", "write")) return;
  const out = await Deno.makeTempDir({ prefix: "centerlab-" });
  const stored = await storedLosses();
  const storing = Deno.args.includes("--store");
  for (const { id, scoring, recipe, dataset, figures } of published) {
    await t.step(id, async () => {
      const nowhere = dataset === DRAWN ? ["--data-dir", noData(out)] : [];
      const options = parseOptions([id, "--preset", "smoke", "--out", out, ...nowhere])!;
      const { result } = await printed(() => run(options, gpu()));
      assertEquals(result, 0);
      const folder = join(out, id, "smoke", "seed-1");
      const table = async (name: string) =>
        parse(await Deno.readTextFile(join(folder, name)), { skipFirstRow: true }) as Record<
          string,
          string
        >[];
      const { drawn } = JSON.parse(await Deno.readTextFile(join(folder, "config.json")));
      const losses = (await table("steps.csv")).slice(0, STEPS).map((step) => Number(step.loss));
      if (storing) stored.set(keyOf(id, drawn), losses);
      const expected = stored.get(keyOf(id, drawn));
      if (!expected) throw new Error(`no losses are stored for ${keyOf(id, drawn)}`);
      const error = relativeError(losses, expected);
      assert(error <= BAR, `losses ${losses} differ from ${expected} by ${error}`);
      for (const line of await table("metrics.csv")) {
        assertEquals(line.test_accuracy_by_logit === "", scoring === "nearest-center");
        assert(Number(line.test_accuracy_by_nearest_center) >= 0);
      }
      const pictures = [
        "val.gif",
        ...(recipe.featureDim === 2 ? [] : ["thumbnails.png"]),
        ...(figures?.highlights ?? []).flatMap((name) => [`train-${name}.gif`, `val-${name}.gif`]),
        ...(figures?.surface ? ["surface.gif"] : []),
        ...(figures?.reliability ? ["reliability.png"] : []),
      ];
      for (const name of pictures) assert((await Deno.stat(join(folder, name))).size > 1000, name);
    });
  }
  if (storing) await store(stored);
  await Deno.remove(out, { recursive: true });
});
