/** `--from RUN`: what a run takes of another one, that a stop changes nothing, and what does not fit. */
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { join } from "node:path";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { decodeSafetensors } from "../../../src/base/safetensors.ts";
import { sha256 } from "../../../src/base/sha256.ts";
import { pictureFolder } from "../../data/picture_folder.ts";
import { put } from "../../data/pictures.ts";
import {
  assertSameNumbers,
  copy,
  drawnSizes,
  noData,
  numbersIn,
  onceThere,
  refuse,
  RESUME,
  rowFolder,
  runTest,
  startRow,
  textOf,
} from "../run_folders.ts";

const FIRST = "mx-center", SECOND = "mx-center-second";

async function tensorsIn(...path: string[]) {
  return decodeSafetensors(await Deno.readFile(join(...path)), path.at(-1)!).tensors;
}

runTest("run() --from another run", async (root, t) => {
  const flags = drawnSizes(root);
  await startRow(FIRST, root, flags);
  const first = rowFolder(root, FIRST), best = join(first, "best.safetensors");
  const from = ["--from", first];
  const weights = await tensorsIn(best);
  const out = join(root, "whole"), folder = rowFolder(out, SECOND);
  const { result, out: said } = await startRow(SECOND, out, [...flags, ...from, "--epochs", "3"]);
  const wanted = numbersIn(folder), config = JSON.parse(await textOf(folder, "config.json"));

  await t.step("is the second stage of a row alone, from the best of the first", async () => {
    assertEquals(result, 0);
    const { plan: { epochs, secondStage, recipe, from: named }, from: told } = config;
    assertEquals([epochs, secondStage, named], [3, undefined, best]);
    assertEquals(recipe.loss, { kind: "center-alone", rule: "balanced" });
    const { best: { epoch } } = JSON.parse(await textOf(first, "summary.json"));
    const digest = await sha256(await Deno.readFile(best));
    assertEquals(told, { id: FIRST, preset: "smoke", seed: 1, epoch, sha256: digest });
    const line =
      `Starts from the weights of ${FIRST}, preset smoke, seed 1, after epoch ${epoch}: `;
    assert(said.includes(line + best), said);
    const last = await tensorsIn(folder, "last.safetensors");
    for (const name of ["centers", "fc2.weight", "fc2.bias", "fc1.weight", "conv1_1.weight"]) {
      const check = /^(centers|fc2)/.test(name) ? assertEquals : assertNotEquals;
      check(last.get(name)!.data, weights.get(name)!.data, name);
    }
  });

  await t.step("begins with the weights of the run and without its velocities", async () => {
    const own = join(root, "own"), place = rowFolder(own, "kz-center");
    await startRow("kz-center", own, flags);
    const again = join(root, "again"), stop = { requested: true };
    const file = join(place, "best.safetensors");
    await startRow("kz-center", again, [...flags, "--from", file, "--lr", "0.01"], stop);
    const start = await tensorsIn(rowFolder(again, "kz-center"), "last.safetensors");
    for (const [name, { data }] of await tensorsIn(file)) {
      if (name.startsWith("optimizer.")) assert(start.get(name)!.data.every((v) => v === 0), name);
      else assertEquals(start.get(name)!.data, data, name);
    }
    // Where a loss is to learn centers and the run has none, they are drawn.
    const softmax = join(root, "softmax"), joint = join(root, "joint");
    await startRow("mx-softmax", softmax, flags);
    const source = rowFolder(softmax, "mx-softmax");
    await startRow(FIRST, joint, [...flags, "--from", source], stop);
    const [from, to] = [
      await tensorsIn(source, "last.safetensors"),
      await tensorsIn(rowFolder(joint, FIRST), "last.safetensors"),
    ];
    assertEquals(to.get("fc1.weight")!.data, from.get("fc1.weight")!.data);
    assertNotEquals(to.get("centers")!.data, from.get("centers")!.data);
  });

  await t.step("begins to count the steps of its loss anew", async () => {
    const annealed = join(root, "annealed"), again = join(root, "counted");
    const id = "sphereface-mnist-2";
    await startRow(id, annealed, flags);
    const source = rowFolder(annealed, id);
    await startRow(id, again, [...flags, "--from", source]);
    const [from, to] = await Promise.all(
      [source, rowFolder(again, id)].map((it) => tensorsIn(it, "last.safetensors")),
    );
    assertEquals(to.get("loss.steps")!.data, from.get("loss.steps")!.data);
  });

  await t.step("refuses a second stage about centers that were never learned", async () => {
    const source = rowFolder(join(root, "softmax"), "mx-softmax");
    const none =
      "best.safetensors does not fit mx-center-second: it goes on about the centers of that run, and mx-softmax";
    await refuse(join(root, "new"), [...flags, "--from", source], UsageError, none, SECOND);
  });

  await t.step(
    "says where classes were others, and goes on about no centers of others",
    async () => {
      const less = [...from, "--leave-out", "8,9"], fewer = join(root, "fewer");
      await startRow(FIRST, fewer, [...flags, "--leave-out", "0,1"]);
      const source = rowFolder(fewer, FIRST), out = join(root, "others");
      const said = await startRow(FIRST, out, [...flags, ...less.with(1, source)]);
      assert(said.out.includes("That run had other classes: its last layer and"), said.out);
      const why = "whose classes were 2, 3, 4, 5, 6, 7, 8, 9, and these are 0, 1, 2, 3, 4, 5, 6, 7";
      await refuse(out, [...flags, ...less.with(1, source)], UsageError, why, SECOND);
    },
  );

  const resume = [...RESUME, "--data-dir", noData(root)];
  await t.step("--resume ends in the same files, and needs the other run no more", async () => {
    const stopped = join(root, "stopped"), place = rowFolder(stopped, SECOND);
    const stop = onceThere(join(place, "features", "epoch-001.npy"));
    const begun = [...flags, ...from, "--epochs", "3"];
    assertEquals((await startRow(SECOND, stopped, begun, stop)).result, 130);
    await Deno.rename(first, `${first}-away`);
    assertEquals((await startRow(SECOND, stopped, resume)).result, 0);
    await Deno.rename(`${first}-away`, first);
    assertSameNumbers(place, wanted);
  });

  await t.step(
    "--resume after a kill before the first checkpoint takes the same weights",
    async () => {
      const killed = join(root, "killed"), place = rowFolder(killed, SECOND);
      await put(join(place, "config.json"), await Deno.readFile(join(folder, "config.json")));
      const bytes = await Deno.readFile(best);
      await Deno.copyFile(join(first, "last.safetensors"), best);
      const other = `${best} is not the file that the run started from: put that back`;
      await refuse(killed, resume, RunError, other, SECOND);
      await put(best, bytes);
      assertEquals((await startRow(SECOND, killed, resume)).result, 0);
      assertSameNumbers(place, wanted);
    },
  );

  await t.step("a checkpoint knows the weights that its run started from", async () => {
    const changed = join(root, "changed"), place = rowFolder(changed, SECOND);
    await copy(folder, place);
    const text = (await textOf(place, "config.json")).replace(
      /"sha256": "...../,
      '"sha256": "00000',
    );
    await put(join(place, "config.json"), text);
    await refuse(changed, resume, RunError, "config.json is not the one that", SECOND);
  });

  await startRow("cent-digits-2", root, flags);
  const refusals: [name: string, id: string, from: string, type: typeof RunError, text: string][] =
    [
      [
        "of another variant of its network",
        "jx-center",
        first,
        UsageError,
        "does not fit jx-center: activation kind is",
      ],
      [
        "of another network",
        SECOND,
        rowFolder(root, "cent-digits-2"),
        UsageError,
        "does not fit mx-center-second: that run trained a resnet, and mx-center-second is a lenetpp",
      ],
      [
        "that is none",
        SECOND,
        noData(root),
        RunError,
        "no-data has no config.json: name the folder",
      ],
      ["that is not there", SECOND, join(root, "nowhere"), RunError, "nowhere has no config.json"],
    ];
  for (const [name, id, run, type, text] of refusals) {
    await t.step(
      `refuses a run ${name}`,
      () => refuse(join(root, "new"), [...flags, "--from", run], type, text, id).then(() => {}),
    );
  }

  await t.step("refuses a run without checkpoints, and one on other classes", async () => {
    const bare = join(root, "bare"), to = join(root, "new");
    await put(join(bare, "config.json"), await Deno.readFile(join(first, "config.json")));
    const none = "is not there: no epoch is finished";
    await refuse(to, [...flags, "--from", bare], RunError, none, SECOND);
    const shapes = await pictureFolder(join(root, "shapes"), { a: 20, b: 20 });
    const own = [...flags, "--data", shapes, "--image-size", "28", ...from];
    const classes = "best.safetensors does not fit this network: fc2.weight is [10, 2]; the";
    await refuse(to, own, RunError, classes, SECOND);
  });
});
