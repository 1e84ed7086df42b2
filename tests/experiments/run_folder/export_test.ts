import { assert, assertEquals } from "@std/assert";
import { unzipSync } from "npm:fflate@0.8.2";
import { writeExports } from "../../../experiments/run_folder/export.ts";
import {
  configJson,
  configPbtxt,
  featuresTsv,
  metadataTsv,
} from "../../../experiments/run_folder/projector.ts";
import { decodeNpy } from "../../../src/base/npy.ts";
import { epochFile } from "../../../experiments/run_folder/path.ts";
import { granted } from "../../permissions.ts";
import { writeRunFolder } from "../written_folder.ts";

Deno.test("featuresTsv() writes a line a sample, six digits, no header", () => {
  const tsv = featuresTsv(Float32Array.of(1, -0.123456789, 1e-9, 0, 123456.7, 2), 3);
  assertEquals(tsv, "1\t-0.123457\t1e-9\n0\t123457\t2\n");
});

Deno.test("metadataTsv() leads with a header, and keeps names on their line", () => {
  const sample = { label: 7, name: "a\tb\nc", index: 3, split: "test" };
  assertEquals(metadataTsv([sample]), "label\tname\tindex\tsplit\n7\ta b c\t3\ttest\n");
  const names = ["=1+1", '"a" b', "\t=1", "-2"];
  const lines = metadataTsv(names.map((name) => ({ ...sample, name }))).split("\n").slice(1, -1);
  assertEquals(lines.map((line) => line.split("\t")[1]), ["'=1+1", '"""a"" b"', " =1", "-2"]);
});

Deno.test("configJson() and configPbtxt() name the files beside them", () => {
  const config = {
    tensorName: 'a "b"',
    tensorShape: [5, 3] as [number, number],
    singleImageDim: [28, 32] as [number, number],
  };
  assertEquals(JSON.parse(configJson(config)), {
    embeddings: [{
      tensorName: 'a "b"',
      tensorShape: [5, 3],
      tensorPath: "features.tsv",
      metadataPath: "metadata.tsv",
      sprite: { imagePath: "sprite.png", singleImageDim: [28, 32] },
    }],
  });
  assertEquals(
    configPbtxt(config).replace(/\s+/g, " "),
    'embeddings { tensor_name: "a \\"b\\"" tensor_path: "features.tsv" ' +
      'metadata_path: "metadata.tsv" sprite { image_path: "sprite.png" ' +
      "single_image_dim: 28 single_image_dim: 32 } } ",
  );
});

Deno.test("writeExports()", async (t) => {
  if (!await granted("read", "write")) return;
  const root = await Deno.makeTempDir();
  const written = (dim: number, train = 7, kept?: number) =>
    writeRunFolder(`${root}/${dim}-${train}`, { dim, epochs: 2, train, test: 4, kept });

  await t.step("writes features.npz without the samples that were left out", async () => {
    const { folder, plan, sets, centers } = await written(3);
    await writeExports(folder, plan, sets, 2);
    const arrays = unzipSync(await Deno.readFile(folder.file("features.npz")));
    const names = ["features", "labels", "split", "index", "centers"].map((name) => `${name}.npy`);
    assertEquals(Object.keys(arrays), names);
    const epoch = decodeNpy(await Deno.readFile(folder.file(epochFile("features", 2))), "epoch");
    assertEquals(decodeNpy(arrays["features.npy"], "features"), epoch.slice(3));
    const bytes = (name: string) => [...arrays[name].subarray(128)];
    const labels = [...sets.train.labels.subarray(1), ...sets.test.labels];
    assertEquals(bytes("labels.npy"), labels);
    assertEquals(bytes("split.npy"), [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
    const index = new Int32Array(arrays["index.npy"].slice(128).buffer);
    assertEquals([...index], [1, 2, 3, 4, 5, 6, 0, 1, 2, 3]);
    assertEquals(decodeNpy(arrays["centers.npy"], "centers"), centers);
  });

  await t.step("writes the projector's files, a line a sample in each", async () => {
    const { folder, plan, sets } = await written(3);
    await writeExports(folder, plan, sets, 2);
    const text = (name: string) => Deno.readTextFile(folder.file(`projector/${name}`));
    assertEquals((await text("features.tsv")).trimEnd().split("\n").length, 10);
    const metadata = (await text("metadata.tsv")).trimEnd().split("\n");
    const label = sets.test.labels[3];
    assertEquals([metadata.length, metadata[10]], [11, `${label}\t${label}\t3\ttest`]);
    const { embeddings: [embedding] } = JSON.parse(await text("projector_config.json"));
    assertEquals(embedding.tensorShape, [10, 3]);
    assertEquals(embedding.sprite.singleImageDim, [4, 3]);
    const png = new DataView((await Deno.readFile(folder.file("projector/sprite.png"))).buffer);
    assertEquals([png.getUint32(16), png.getUint32(20)], [4 * 4, 4 * 3]);
    assert((await text("projector_config.pbtxt")).includes('"cent-noise paper seed 1 epoch 2"'));
  });

  await t.step("keeps the projector to the first 5,000 of each set", async () => {
    const { folder, plan, sets } = await written(2, 5010);
    await writeExports(folder, plan, sets, 1);
    const lines = (await Deno.readTextFile(folder.file("projector/metadata.tsv"))).trimEnd()
      .split("\n");
    assertEquals(lines.length, 1 + 4999 + 4);
    const arrays = unzipSync(await Deno.readFile(folder.file("features.npz")));
    assertEquals(decodeNpy(arrays["features.npy"], "features").length, 2 * (5009 + 4));
  });

  await t.step(
    "leaves out the projector in one dimension, and everything without features",
    async () => {
      const { folder, plan, sets } = await written(1);
      const entries = () => [...Deno.readDirSync(folder.path)].map(({ name }) => name).sort();
      await writeExports(folder, plan, sets, 3);
      assertEquals(entries(), ["centers.csv", "features"]);
      await writeExports(folder, plan, sets, 2);
      assertEquals(entries(), ["centers.csv", "features", "features.npz"]);
    },
  );

  await Deno.remove(root, { recursive: true });
});
