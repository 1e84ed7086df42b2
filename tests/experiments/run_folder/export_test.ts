import { assertEquals } from "@std/assert";
import { unzipSync } from "npm:fflate@0.8.2";
import { writeExports } from "../../../experiments/run_folder/export.ts";
import { epochFile } from "../../../experiments/run_folder/path.ts";
import { decodeNpy, encodeNpy } from "../../../src/base/npy.ts";
import { diskTest } from "../../on_disk.ts";
import { type RunFolderOptions, writeRunFolder, type Written } from "../written_folder.ts";

const SIZES = { dim: 3, epochs: 2, train: 7, test: 4 };

/** Exports an epoch of a folder. */
async function exported(path: string, sizes: Partial<RunFolderOptions> = {}, epoch = 2) {
  const written = await writeRunFolder(path, { ...SIZES, ...sizes });
  await writeExports(written.folder, written.plan, written.sets, epoch);
  return { ...written, ...readersOf(written) };
}

function readersOf({ folder }: Written) {
  return {
    arrays: () => unzipSync(Deno.readFileSync(folder.file("features.npz"))),
    text: (name: string) => Deno.readTextFile(folder.file(`projector/${name}`)),
    lines: (name: string) =>
      Deno.readTextFileSync(folder.file(`projector/${name}`)).trimEnd().split("\n"),
  };
}

diskTest("writeExports() writes features.npz without samples that were left out", async (path) => {
  const { folder, sets, centers, arrays } = await exported(path);
  const of = arrays();
  const names = ["features", "labels", "split", "index", "centers", "class_names"].map((name) =>
    `${name}.npy`
  );
  assertEquals(Object.keys(of), names);
  const epoch = decodeNpy(await Deno.readFile(folder.file(epochFile("features", 2))), "epoch");
  assertEquals(decodeNpy(of["features.npy"], "features"), epoch.slice(3));
  const bytes = (name: string) => [...of[name].subarray(128)];
  const labels = [...sets.train.labels.subarray(1), ...sets.test.labels];
  assertEquals(bytes("labels.npy"), labels);
  assertEquals(bytes("split.npy"), [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
  const index = new Int32Array(of["index.npy"].slice(128).buffer);
  assertEquals([...index], [1, 2, 3, 4, 5, 6, 0, 1, 2, 3]);
  assertEquals(decodeNpy(of["centers.npy"], "centers"), centers);
});

diskTest("writeExports() writes the projector's files, a line a sample in each", async (path) => {
  const { folder, sets, text, lines } = await exported(path);
  assertEquals(lines("features.tsv").length, 10);
  const metadata = lines("metadata.tsv"), label = sets.test.labels[3];
  assertEquals([metadata.length, metadata[0]], [11, "label\tname\tindex\tsplit"]);
  assertEquals(metadata[10], `${label}\t${label}\t3\ttest`);
  const tensorName = "cent-noise paper seed 1 epoch 2";
  assertEquals(JSON.parse(await text("projector_config.json")), {
    embeddings: [{
      tensorName,
      tensorShape: [10, 3],
      tensorPath: "features.tsv",
      metadataPath: "metadata.tsv",
      sprite: { imagePath: "sprite.png", singleImageDim: [4, 3] },
    }],
  });
  assertEquals(
    (await Deno.readTextFile(folder.file("projector_config.pbtxt"))).replace(/\s+/g, " "),
    `embeddings { tensor_name: "${tensorName}" tensor_path: "projector/features.tsv" ` +
      'metadata_path: "projector/metadata.tsv" sprite { image_path: "projector/sprite.png" ' +
      "single_image_dim: 4 single_image_dim: 3 } } ",
  );
  const png = new DataView(Deno.readFileSync(folder.file("projector/sprite.png")).buffer);
  assertEquals([png.getUint32(16), png.getUint32(20)], [4 * 4, 4 * 3]);
});

diskTest("writeExports() writes six digits, and names that keep to their line", async (path) => {
  const written = await writeRunFolder(path, { ...SIZES, train: 1, test: 2 });
  const { folder, plan, sets } = written;
  const rows = Float32Array.of(NaN, 0, 0, 1, -0.123456789, 1e-9, 0, 123456.7, 2);
  await Deno.writeFile(folder.file(epochFile("features", 1)), encodeNpy([3, 3], rows));
  const { lines } = readersOf(written);
  for (
    const [name, shown] of [["a\tb\nc", "a b c"], ["=1+1", "'=1+1"], ['"a" b', '"""a"" b"'], [
      "\t=1",
      " =1",
    ], ["-2", "-2"]]
  ) {
    const test = { ...sets.test, classNames: [name, name, name] };
    await writeExports(folder, plan, { ...sets, test }, 1);
    assertEquals(lines("metadata.tsv").slice(1).map((line) => line.split("\t")[1]), [shown, shown]);
  }
  assertEquals(lines("features.tsv"), ["1\t-0.123457\t1e-9", "0\t123457\t2"]);
});

diskTest("writeExports() keeps the projector to the first 5,000 of each set", async (path) => {
  const { arrays, lines } = await exported(path, { dim: 2, train: 5010 }, 1);
  assertEquals(lines("metadata.tsv").length, 1 + 4999 + 4);
  assertEquals(decodeNpy(arrays()["features.npy"], "features").length, 2 * (5009 + 4));
});

diskTest(
  "writeExports() leaves out what one dimension, or no features, cannot give",
  async (path) => {
    const entries = () => [...Deno.readDirSync(path)].map(({ name }) => name).sort();
    await exported(path, { dim: 1 }, 3);
    assertEquals(entries(), ["centers.csv", "features"]);
    await exported(path, { dim: 1 });
    assertEquals(entries(), ["centers.csv", "features", "features.npz"]);
  },
);
