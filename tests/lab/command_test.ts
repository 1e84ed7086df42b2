/** The command that repeats a map's run: `exp` trains what the page trains. */
import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { parse } from "../../cli/flags.ts";
import { expCommand, oneRow } from "../../experiments/flags/exp.ts";
import { optionsOf } from "../../experiments/flags/run.ts";
import { loadRowFile } from "../../experiments/plan/own_row/row_file.ts";
import { commandOf, TEST_IMAGES } from "../../lab/settings/command.ts";
import { LOSS_KINDS, mapOf } from "../../lab/settings/losses.ts";
import { defaultSettings, recipeOf } from "../../lab/settings/settings.ts";
import { diskTest } from "../on_disk.ts";

diskTest("commandOf() gives a row for every loss, with the recipe of the page", async (folder) => {
  const settings = defaultSettings();
  Object.assign(settings.shared, { images: 500, batch: 32, seed: 7, rate: 0.02, alpha: 0.3 });
  for (const kind of LOSS_KINDS) {
    const map = mapOf(kind), command = commandOf(settings, map, 3);
    const [, name, text] = /^cat > (\S+) << 'END'\n([^]*)\nEND\n/.exec(command)!;
    assertEquals(command.split("\n").at(-1), `deno task exp ${name}`);
    const file = join(folder, name);
    await Deno.writeTextFile(file, text);
    const given = parse(expCommand(), [file])!;
    const { plan } = optionsOf(oneRow(given, [], await loadRowFile(file)), given.flags);
    const wanted = recipeOf(settings, map), { loss, ...recipe } = plan.recipe;
    assertEquals(loss, wanted.loss);
    for (const [field, value] of Object.entries(recipe)) {
      if (field in wanted) assertEquals(value, wanted[field as keyof typeof wanted], field);
    }
    const { dataset, trainSize, testSize, epochs, seed } = plan;
    assertEquals([dataset, trainSize, testSize, epochs, seed], [
      "digits",
      500,
      TEST_IMAGES,
      3,
      7,
    ]);
  }
});
