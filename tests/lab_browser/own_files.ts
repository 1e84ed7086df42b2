/// <reference lib="dom" />
/** Files that a visitor drops, chooses, or takes from the server: real ones, in a folder that is there as long as they are tried. */
import { assert } from "@std/assert";
import { dirname, join } from "node:path";
import { idxBytes } from "../../data/formats/idx.ts";
import { drawDigits } from "../../data/drawn/digits.ts";
import { encodePng } from "../../src/figures/paint/png.ts";
import { newFrame } from "../../src/figures/paint/canvas.ts";
import type { Visit } from "./visitor.ts";

/** Rows and columns of the images in files. */
const SIDE = 14;

/** Lays out files to be given to a page, and takes them away again. */
export async function withOwnFiles<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    const files = {
      ...mnistFiles(),
      ...csvFiles(),
      ...pictureFiles(),
      "notes.txt": bytes("hello"),
    };
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeFile(path, content);
    }
    return await act(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const bytes = (text: string) => new TextEncoder().encode(text);

function mnistFiles(): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  for (const [split, count, name] of [["train", 64, "train"], ["test", 20, "t10k"]] as const) {
    const { images, labels } = drawDigits({ count, seed: 3, split, height: SIDE, width: SIDE });
    files[`mnist/${name}-images-idx3-ubyte`] = idxBytes({
      sizes: [count, SIDE, SIDE],
      bytes: images,
    });
    files[`mnist/${name}-labels-idx1-ubyte`] = idxBytes({
      sizes: [count],
      bytes: labels as Uint8Array<ArrayBuffer>,
    });
  }
  return files;
}

function csvFiles(): Record<string, Uint8Array> {
  const { images, labels } = drawDigits({
    ...{ count: 60, seed: 4, split: "train", height: SIDE, width: SIDE },
  });
  const size = SIDE * SIDE, pixels = Array.from({ length: size }, (_, i) => `pixel${i}`);
  const line = (i: number) => [...images.subarray(i * size, (i + 1) * size)];
  const lines = Array.from(labels, (label, i) => [label, ...line(i)].join(","));
  const text = (rows: readonly string[]) =>
    bytes([["label", ...pixels].join(","), ...rows, ""].join("\n"));
  return {
    "digits.csv": text(lines),
    "damaged.csv": text(lines.with(2, "5,1,2")),
    "one class.csv": text(lines.map((_, i) => [3, ...line(i)].join(","))),
    "unlabelled.csv": bytes(
      [pixels.join(","), ...Array.from(labels, (_, i) => line(i).join(",")), ""].join("\n"),
    ),
  };
}

function pictureFiles(): Record<string, Uint8Array> {
  const { images, labels } = drawDigits({ count: 40, seed: 5, split: "train" });
  const files: Record<string, Uint8Array> = {};
  for (const [i, label] of labels.entries()) {
    const frame = newFrame(28, 28);
    images.subarray(784 * i, 784 * (i + 1)).forEach((v, p) =>
      frame.rgba.set([v, v, v, 255], 4 * p)
    );
    const png = encodePng(frame);
    files[`pictures/${label % 3}/${i}.png`] = png;
    if (i < 2) files[`flat/${i}.png`] = png;
  }
  const broken = bytes("no picture");
  return {
    ...files,
    "broken.png": broken,
    "mixed/a/1.png": files["flat/0.png"],
    "mixed/b/2.png": broken,
  };
}

/** Drops files and folders of the disk on the page, as a hand does. */
async function drop({ page }: Visit, ...files: string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await devtools.send("Input.dispatchDragEvent", { type, x: 180, y: 300, data });
  }
  await devtools.detach();
}

/** Waits for words above the maps, which are one line. */
async function hears({ page }: Visit, words: string): Promise<void> {
  try {
    await page.waitForFunction(
      (words) => document.querySelector("#notice:not([hidden])")?.textContent?.includes(words),
      words,
      { timeout: 60_000 },
    );
  } catch {
    throw new Error(`waited for "${words}", but there is "${await page.textContent("#notice")}"`);
  }
  const text = (await page.textContent("#notice p"))!;
  assert(!text.includes("\n"), text);
}

/** Trains on what was loaded, which has so many images and batches of 16. */
async function trains(visit: Visit, train: number, test: number, classes: number): Promise<void> {
  await hears(visit, `Loaded ${train} training and ${test} test images`);
  await hears(visit, `${classes} classes`);
  const stepsPerEpoch = Math.floor(train / 16);
  await visit.until(
    "a step on them",
    ({ maps: [map] }) => map.step > 0 && map.stepsPerEpoch === stepsPerEpoch,
    300,
  );
  await visit.page.waitForFunction(() => location.hash.includes("data=own"));
}

/** MNIST's four files, a CSV file and a folder with a folder a class are trained on, dropped or chosen. */
export async function checkOwnFiles(visit: Visit, folder: string): Promise<void> {
  const mnist = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];
  await visit.page.locator("input[type=file]").first().setInputFiles(
    mnist.map((name) => `${folder}/mnist/${name}-ubyte`),
  );
  await trains(visit, 64, 20, 10);
  await drop(visit, `${folder}/digits.csv`);
  await trains(visit, 51, 9, 10);
  await drop(visit, `${folder}/pictures`);
  await trains(visit, 34, 6, 3);
  await drop(visit, `${folder}/mnist`);
  await trains(visit, 64, 20, 10);
}

/** What cannot be learned is refused in a line that names it, and training goes on. */
export async function checkBadFiles(visit: Visit, folder: string): Promise<void> {
  const refusals: [string[], string][] = [
    [["notes.txt"], "Cannot train on notes.txt: drop MNIST's four files, a CSV file"],
    [["mnist/train-images-idx3-ubyte"], "The labels of the train set are missing"],
    [["unlabelled.csv"], 'unlabelled.csv has no column "label"'],
    [["damaged.csv"], "damaged.csv"],
    [["one class.csv"], "one class.csv has a single class"],
    [["flat"], "Put the pictures of each class into a folder of its own"],
    [["mixed"], "Cannot read mixed/b/2.png: it is no picture that this browser knows"],
    [["broken.png"], "Cannot read broken.png: it is no picture that this browser knows"],
  ];
  for (const [names, words] of refusals) {
    await drop(visit, ...names.map((name) => `${folder}/${name}`));
    await hears(visit, words);
  }
  const { maps: [{ step }] } = await visit.until("a report", () => true, 10);
  await visit.until("another step", ({ maps }) => maps[0].step > step, 120);
}

/** The button for images of the server is there where it was given a folder, and trains on them. */
export async function checkServedFiles(visit: Visit): Promise<void> {
  await visit.page.getByRole("button", { name: "MNIST from this server" }).click();
  await trains(visit, 64, 20, 10);
}
