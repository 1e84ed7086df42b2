/** The readers that the fuzz harness tries. To add one, add an entry to one of the lists. */
import { join } from "node:path";
import { BENCH, benchOptions } from "../../bench/options.ts";
import { type Command, type Flags, type Given, parse } from "../../cli/flags.ts";
import { gunzip } from "../../data/formats/gzip.ts";
import { countCifarRecords, readCifarRecords } from "../../data/sets/cifar10.ts";
import { parseCsv } from "../../data/formats/csv.ts";
import { type IdxPart, readIdx } from "../../data/formats/idx.ts";
import { orientationOf } from "../../data/formats/orientation.ts";
import { decodePicture } from "../../data/formats/picture.ts";
import { parseSource } from "../../data/own/source.ts";
import { readTar } from "../../data/formats/tar.ts";
import { EVAL, evalTask } from "../../experiments/flags/eval.ts";
import { COMPARE, compareTask } from "../../experiments/flags/compare.ts";
import { expCommand, oneRow } from "../../experiments/flags/exp.ts";
import { queueOf } from "../../experiments/flags/queue.ts";
import { PUBLISHED } from "../../experiments/flags/row.ts";
import { readConfig } from "../../experiments/run_folder/config.ts";
import {
  readFailure,
  readMetrics,
  readSeconds,
  readSummary,
} from "../../experiments/run_folder/run_summary.ts";
import { readConfusion } from "../../experiments/report_page/read_run.ts";
import { readStudy } from "../../experiments/run_folder/study_config.ts";
import { isCheckpoint } from "../../experiments/run_folder/checkpoint.ts";
import { EpochCsv } from "../../experiments/run_folder/epoch_csv.ts";
import { cachedTiles } from "../../src/tune/cache.ts";
import { optionsOf } from "../../experiments/flags/run.ts";
import { RUNS as LIST, runsTask } from "../../experiments/flags/runs.ts";
import { TUNE, tuneTask } from "../../experiments/flags/tune.ts";
import { gridOf, variedOf } from "../../experiments/flags/vary.ts";
import { isFloatType } from "../../src/base/float_types.ts";
import { decodeNpy, encodeNpy } from "../../src/base/npy.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/base/safetensors.ts";
import { readTilesFile } from "../../src/tune/tiles_file.ts";
import { cifarBatch, cifarFiles } from "../data/cifar_bytes.ts";
import { ascii, gzip, tar } from "../data/archives.ts";
import { exif, jpegWith, pngWith } from "../data/exif_bytes.ts";
import { idxImages, idxLabels } from "../data/idx_bytes.ts";
import { plainJpeg, plainPng } from "../data/pictures.ts";
import { readParityFile } from "../parity/format.ts";
import { type Parser, right } from "./parser.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A reader of a file of its own name. */
async function fromFile(
  bytes: Bytes,
  place: string,
  name: string,
  read: (path: string) => Promise<unknown>,
): Promise<unknown> {
  const path = join(place, name);
  await Deno.writeFile(path, bytes);
  return await read(path);
}

const committed = (...path: string[]): Bytes =>
  Deno.readFileSync(new URL(`../../${path.join("/")}`, import.meta.url));

/** The beginning of a committed table. */
const someLines = (...path: string[]) =>
  ascii(new TextDecoder().decode(committed(...path)).split("\n").slice(0, 9).join("\n") + "\n");

/** A reader of IDX files. */
function idx(part: IdxPart, ...seeds: Bytes[]): Parser {
  return {
    name: `IDX ${part}`,
    seeds: () => seeds,
    async read(input) {
      const { sizes, bytes } = await readIdx([input], "a.idx", part);
      right(bytes.length === sizes.reduce((a, b) => a * b, 1) && bytes.length > 0, "sizes");
      right(part === "images" || bytes.every((label) => label <= 9), "labels");
    },
  };
}

const DATA: Parser[] = [
  idx("images", idxImages(2), idxImages(1, 4, 4)),
  idx("labels", idxLabels(3, 0, 9), idxLabels(1)),
  {
    name: "gzip files",
    seeds: async () => [
      await gzip(idxImages(20)),
      await gzip(new Uint8Array(1 << 16)),
      ascii("plain"),
    ],
    read: (bytes) => Array.fromAsync(gunzip([bytes], "a.gz", bytes.length)),
  },
  {
    name: "CIFAR records",
    seeds: () => [cifarBatch(2)],
    read(bytes) {
      const count = countCifarRecords(bytes.length, "a.bin");
      const labels = new Uint8Array(count);
      readCifarRecords(bytes, "a.bin", new Uint8Array(count * 3072), labels);
      right(labels.every((label) => label <= 9), "labels");
    },
  },
  {
    name: "tar archives",
    seeds: async () => [
      await tar(["f/a", ascii("text")], ["f/", undefined, "directory"], ["f/b"]),
      await tar(["L", ascii(`f/${"a".repeat(120)}`), "gnu-long-name"], ["x"]),
      await tar(["pax", ascii("15 path=f/long\n"), "pax-header"], ["y"]),
      await tar(...cifarFiles(1, 1).slice(0, 2)),
    ],
    read: (bytes) => readTar([bytes], "a.tar", ["f/a", "f/long"], 1 << 20),
  },
  {
    name: "PNG pictures",
    seeds: () => [plainPng(3, 4, [1, 2, 3]), plainPng(1, 1, [0, 0, 0])],
    read: picture,
  },
  {
    name: "JPEG pictures",
    seeds: () => [plainJpeg(3, 4, [1, 2, 3]), plainJpeg(16, 16, [9, 0, 99])],
    read: picture,
  },
  {
    name: "orientations that pictures note (Exif)",
    seeds: () =>
      [true, false].flatMap((little) => [
        pngWith(exif(6, little)),
        jpegWith(exif(8, little)),
      ]),
    read(bytes) {
      const orientation = orientationOf(bytes, bytes[0] === 0x89 ? "png" : "jpeg");
      right([1, 2, 3, 4, 5, 6, 7, 8].includes(orientation), "an orientation");
    },
  },
  {
    name: "CSV files of images",
    seeds: () =>
      [
        "label,pixel0,pixel1,pixel2,pixel3\n7,0,1,2,3\n2,255,0,10,9\n",
        'id,x1,x2,x3,x4,y\r\n"a,b",0,1,2,3,1\r\nc,0,1,2,3,2\r\n',
        "r0,g0,b0\n1,2,3\n",
        "1x1,1x2,2x1,2x2,class\n3,4,5,6,0\n",
      ].map(ascii),
    async read(bytes) {
      const file = await parseCsv([bytes], "a.csv", bytes.length);
      const { count, height, width, channels, images, labels, ids } = file;
      right(images.length === count * height * width * channels && count > 0, "pixels");
      right(
        (labels?.length ?? count) === count && (ids?.values.length ?? count) === count,
        "lines",
      );
    },
  },
  {
    name: "sources of images",
    seeds: () => ["folder:a/b", "csv:a.csv"].map(ascii),
    read: (bytes) => parseSource(new TextDecoder().decode(bytes)),
  },
];

function picture(bytes: Bytes): void {
  const { width, height, rgba } = decodePicture(bytes, "a.png");
  right(rgba.length === 4 * width * height && rgba.length > 0, "pixels");
}

const ARRAYS: Parser[] = [
  {
    name: "safetensors",
    seeds: () => [
      encodeSafetensors({
        tensors: new Map([
          ["a", { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
          ["b", { shape: [], data: Float32Array.of(5) }],
        ]),
        metadata: { id: "row" },
      }),
      safetensors({
        a: ["F16", [2], 4],
        b: ["BF16", [2], 4],
        c: ["F64", [1], 8],
        d: ["I64", [], 8],
      }),
    ],
    read(bytes) {
      for (const array of decodeSafetensors(bytes, "a.safetensors").tensors.values()) {
        if (!isFloatType(array.dtype ?? "F32")) continue;
        right(array.data.length === array.shape.reduce((a, b) => a * b, 1), "elements");
      }
    },
  },
  {
    name: "npy",
    seeds:
      () => [encodeNpy([2, 2], Float32Array.of(1, 2, 3, 4)), encodeNpy([3], new Float32Array(3))],
    read: (bytes) => decodeNpy(bytes, "a.npy"),
  },
];

/** A file of zeros in these types. */
function safetensors(
  arrays: Record<string, [dtype: string, shape: number[], bytes: number]>,
): Bytes {
  let end = 0;
  const header = Object.fromEntries(
    Object.entries(arrays).map(([name, [dtype, shape, bytes]]) => [
      name,
      { dtype, shape, data_offsets: [end, end += bytes] },
    ]),
  );
  const json = ascii(JSON.stringify(header)), file = new Uint8Array(8 + json.length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  return file;
}

const RUN = ["results", "quick", "kz-center", "seed-1"];

const RUNS: Parser[] = [
  {
    name: "config.json",
    seeds: () => [committed(...RUN, "config.json")],
    read: (bytes, place) => fromFile(bytes, place, "config.json", () => readConfig(place)),
  },
  {
    name: "metrics.csv of a resume",
    seeds: () => [someLines(...RUN, "metrics.csv")],
    read: (bytes, place) =>
      fromFile(bytes, place, "metrics.csv", async () => {
        const header = new TextDecoder().decode(committed(...RUN, "metrics.csv")).split("\n")[0];
        const table = new EpochCsv(place, "metrics.csv", header.split(","));
        await table.load(2);
        right(table.column("epoch").every((epoch) => epoch === 1 || epoch === 2), "epochs");
      }),
  },
  {
    name: "metrics.csv of results",
    seeds: () => [someLines(...RUN, "metrics.csv")],
    read: (bytes, place) => fromFile(bytes, place, "metrics.csv", () => readMetrics(place)),
  },
  {
    name: "timing.csv",
    seeds: () => [someLines(...RUN, "timing.csv")],
    read: (bytes, place) =>
      fromFile(
        bytes,
        place,
        "timing.csv",
        async () => right(Number.isFinite(await readSeconds(place)), "seconds"),
      ),
  },
  {
    name: "summary.json",
    seeds: () => [committed(...RUN, "summary.json")],
    read: (bytes, place) =>
      fromFile(bytes, place, "summary.json", () => readSummary(place, { scoring: "logit" })),
  },
  {
    name: "failed.json",
    seeds: () => [new TextEncoder().encode('{"epoch":2,"reason":"The loss became NaN"}')],
    read: (bytes, place) => fromFile(bytes, place, "failed.json", () => readFailure(place)),
  },
  {
    name: "confusion.csv of a page",
    seeds: () => [committed(...RUN, "confusion.csv")],
    read: (bytes, place) =>
      fromFile(bytes, place, "confusion.csv", async () => {
        const found = await readConfusion(join(place, "confusion.csv"));
        right(
          found?.counts.every((row) => row.length === found.names.length) !== false,
          "a matrix",
        );
      }),
  },
  {
    name: "study.json",
    seeds: () => [committed("results", "quick", "lambda-sweep", "seed-1", "study.json")],
    read: (bytes, place) => fromFile(bytes, place, "study.json", () => readStudy(place)),
  },
  {
    name: "a checkpoint",
    seeds: () => [
      encodeSafetensors({
        tensors: new Map(),
        metadata: {
          standing: '{"epoch":2,"lr":0.1,"schedule":{},"best":{"epoch":1,"accuracy":0.5}}',
        },
      }),
    ],
    read: (bytes) => right(typeof isCheckpoint(bytes) === "boolean", "answer"),
  },
  {
    name: "tiles of a file",
    seeds: () => [committed(...RUN, "config.json")],
    read: (bytes, place) => fromFile(bytes, place, "tiles.json", readTilesFile),
  },
  {
    name: "tiles.json",
    seeds: () => [ascii(JSON.stringify({ format: "centerlab tiles 1", adapters: { a: {} } }))],
    read: (bytes, place) =>
      fromFile(bytes, place, "tiles.json", (path) => cachedTiles(path, ADAPTER)),
  },
  {
    name: "parity files",
    seeds: () => {
      const { cases } = JSON.parse(
        new TextDecoder().decode(committed("tests", "fixtures", "ops.json")),
      );
      const small = cases.filter((it: unknown) => JSON.stringify(it).length < 2000).slice(0, 4);
      return [ascii(JSON.stringify({ cases: small }))];
    },
    read: (bytes, place) => fromFile(bytes, place, "parity.json", readParityFile),
  },
];

const ADAPTER = {
  ...{ description: "a", vendor: "b", architecture: "c", backend: "vulkan", subgroupSize: 8 },
  ...{ software: true, limits: {} },
} as unknown as Parameters<typeof cachedTiles>[1];

/** A command's options, as words that were separated by blanks. */
function options<F extends Flags>(
  command: Command<F>,
  task: (given: Given<F>) => unknown,
  ...lines: string[]
): Parser {
  return {
    name: `options of ${command.name}`,
    seeds: () => lines.map(ascii),
    read(bytes) {
      const given = parse(command, new TextDecoder().decode(bytes).split(" "));
      return given && task(given);
    },
  };
}

const OPTIONS: Parser[] = [
  options(
    expCommand(),
    (given) =>
      given.words[0] === "all"
        ? queueOf(given, PUBLISHED)
        : given.names.has("vary") || given.names.has("seeds")
        ? gridOf(given, oneRow(given), variedOf(given))
        : optionsOf(oneRow(given), given.flags),
    "kz-center --preset quick --epochs 3 --lr 0.1 --seed 2 --out runs",
    "cent-mnist-2 --data folder:a --image-size 28x32 --channels 3 --test-share 0.5 --predict b.csv",
    "standalone-mnist-2 --weight-intra 1 --weight-inter=0.1 --width 0.5 --feat-dim 3 --name a-b",
    "cent-mnist-2 --vary lambda=0.1,1 --vary rule=paper,autograd --seeds 2",
    "all --only cent-* --seeds 3 --preset quick",
    "cent-mnist-2 --vary lr=0.1,1 --on slurm --part compare --contours",
  ),
  options(LIST, runsTask, "runs --row cent-*,kz-? --state stopped --sort when --reverse --csv"),
  options(COMPARE, compareTask, "runs/a runs/b --out c --data-dir d"),
  options(EVAL, evalTask, "runs/a/quick/seed-1 --method knn --k 5 --json"),
  options(TUNE, tuneTask, "cent-mnist-2 --budget 5 --write a.json"),
  options(BENCH, benchOptions, "--only conv2d --json a.json --csv b.csv"),
];

/** All of them. */
export const PARSERS: readonly Parser[] = [...DATA, ...ARRAYS, ...RUNS, ...OPTIONS];
