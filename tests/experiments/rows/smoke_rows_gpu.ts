/**
 * Every published row in smoke mode: its files, and its first losses beside stored ones. On the real data set where its
 * files are there, else on drawn images of its shape. `-- --store` at the end of the command stores the losses that are
 * missing, or no longer fit.
 */
import { assert, assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import { join } from "node:path";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { parseOptions } from "../parse_options.ts";
import { run } from "../../../experiments/runner/runner.ts";
import { gpu } from "../../../src/gpu/device.ts";
import { csvOf } from "../../../src/base/csv.ts";
import { diskTest } from "../../on_disk.ts";
import { printed } from "../../printed.ts";
import { relativeError } from "../../../src/reference/relative_error.ts";

const STORED = new URL("../../fixtures/smoke_losses.csv", import.meta.url);
/** Steps of the first epoch. */
const STEPS = 5;
const BAR = 1e-3;

type Lines = Record<string, string>[];

async function readTable(path: string | URL): Promise<Lines> {
  return parse(await Deno.readTextFile(path), { skipFirstRow: true }) as Lines;
}

const COLUMNS = Array.from({ length: STEPS }, (_, k) => `loss_${k + 1}`);

/** Compares the losses of a row's first steps with those that are stored, or stores them. */
async function checkLosses(id: string, images: string, losses: number[]): Promise<void> {
  const lines = await readTable(STORED);
  const others = lines.filter((line) => line.id !== id || line.images !== images);
  const own = lines.find((line) => !others.includes(line));
  const expected = own && COLUMNS.map((name) => Number(own[name]));
  if (expected && relativeError(losses, expected) <= BAR) return;
  if (!Deno.args.includes("--store")) {
    const told = expected
      ? `differ from ${expected}, which are stored`
      : 'are not stored in tests/fixtures/smoke_losses.csv; "Add a row" of CONTRIBUTING.md says how';
    throw new Error(`${id}, ${images}: losses ${losses} ${told}`);
  }
  const line = [id, images, ...losses.map((loss) => loss.toPrecision(8))];
  const all = [...others.map((line) => Object.values(line)), line];
  all.sort((a, b) => a.join() < b.join() ? -1 : 1);
  await Deno.writeTextFile(STORED, csvOf(["id", "images", ...COLUMNS], all));
}

for (const { id, scoring, recipe, figures, source } of CATALOG.values()) {
  if (!source) continue;
  diskTest(
    `exp ${id} --preset smoke leaves a whole folder, and the losses that are stored`,
    async (out) => {
      const options = parseOptions([id, "--preset", "smoke", "--out", out])!;
      const { result } = await printed(() => run(options, gpu()));
      assertEquals(result, 0);
      const folder = join(out, id, "smoke", "seed-1");
      const { drawn } = JSON.parse(await Deno.readTextFile(join(folder, "config.json")));
      const steps = (await readTable(join(folder, "steps.csv"))).slice(0, STEPS);
      const losses = steps.map((step) => Number(step.loss));
      await checkLosses(id, drawn ? "drawn" : "real", losses);
      for (const line of await readTable(join(folder, "metrics.csv"))) {
        assertEquals(line.test_accuracy_by_logit === "", scoring === "nearest-center");
        const { test_accuracy_by_nearest_center: nearest } = line;
        assert(nearest !== "" && Number(nearest) >= 0, `by nearest center: "${nearest}"`);
      }
      const pictures = [
        "val.gif",
        ...(recipe.featureDim === 2 ? [] : ["thumbnails-train.png", "thumbnails.png"]),
        ...(figures?.highlights ?? []).flatMap((name) => [`train-${name}.gif`, `val-${name}.gif`]),
        ...(figures?.surface ? ["surface.gif", "surface-epochs.gif"] : []),
        ...(figures?.reliability ? ["reliability.png"] : []),
      ];
      for (const name of pictures) assert((await Deno.stat(join(folder, name))).size > 1000, name);
    },
  );
}
