import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { readEpochSamples } from "../../../experiments/run_folder/epoch_samples.ts";
import { epochFile } from "../../../experiments/run_folder/path.ts";
import { RunError } from "../../../src/base/errors.ts";
import { encodeNpy } from "../../../src/base/npy.ts";
import { diskTest } from "../../on_disk.ts";
import { writeRunFolder } from "../written_folder.ts";

diskTest(
  "readEpochSamples() reads what an epoch saw, without what it left out",
  async (directory) => {
    const sizes = { dim: 2, epochs: 3, train: 20, test: 10, figures: { surface: true } };
    const { folder, sets } = await writeRunFolder(directory, sizes);
    const read = (split: "train" | "test") => readEpochSamples(folder, 2, split, 2, sets);
    const train = (await read("train"))!, test = (await read("test"))!;
    // The first training sample has no features.
    assertEquals(train.labels, sets.train.labels.subarray(1));
    assertEquals([train.features.length, train.logOdds.length], [2 * 19, 19]);
    assertEquals([...train.logOdds.subarray(0, 5)], [1, 2, 3, 4, 0]);
    // Of the own class: the same where it is the predicted one, else from its probability.
    assertEquals([...train.ownLogOdds.subarray(0, 4)], [1, 2, 3, 4]);
    assertAlmostEquals(train.ownLogOdds[4], -2 - Math.log1p(-Math.exp(-2)), 1e-6);
    const [first, second] = sets.test.labels;
    assertEquals([...test.predicted.subarray(0, 2)], [(first + 1) % 3, second]);
    const predictions = folder.file(epochFile("predictions", 2));
    await Deno.writeFile(predictions, encodeNpy([4, 3], new Float32Array(12)));
    const message = `${predictions} holds 12 numbers, but the sets of this run make 90`;
    await assertRejects(() => read("test"), RunError, message);
    await Deno.remove(predictions);
    assertEquals((await read("test"))!.predicted.length, 0);
    await Deno.remove(folder.file(epochFile("features", 2)));
    assertEquals(await read("test"), undefined);
  },
);
