/** The GIF that the lab hands out: all of its pictures have one scale. */
import { assert, assertEquals } from "@std/assert";
import { exported, type Past } from "../../lab/worker/export.ts";
import type { Snapshot } from "../../lab/worker/snapshot.ts";
import { circleMap, fullestBin, longestFeature } from "../../src/figures/circle_map.ts";
import { featureMap, hidesDots } from "../../src/figures/feature_map.ts";
import { delayFor, GifWriter } from "../../src/figures/paint/gif.ts";
import { featureRange } from "../../src/figures/frame/range.ts";
import type { Frame } from "../../src/figures/paint/canvas.ts";

const classNames = ["a", "b"], ROWS = 600;
const words = (epoch: number) => ({ title: "t", subtitle: `epoch ${epoch}` });
const size = { width: 660, height: 600 };

/** The end of an epoch: features around two places, so far from the middle, and centers. */
function snapshot(epoch: number, apart: number, centers: number[]): Snapshot {
  const table = Float32Array.from({ length: 5 * ROWS }, (_, n) => {
    const i = Math.floor(n / 5), label = i % 2, angle = 2.4 * i;
    const away = (i / ROWS) ** 3, middle = label ? apart : -apart;
    return [middle + away * Math.cos(angle), 1 + away * Math.sin(angle), label, label, i][n % 5];
  });
  const numbers = { step: epoch, epoch, ratio: 1, byLogit: 1, byCenter: 1 };
  return {
    ...{ table, rows: ROWS, place: 0, stride: 5, dim: 2, classes: 2, columns: 2 },
    ...{ centers: Float32Array.from(centers), weights: new Float32Array(4) },
    ...{ numbers, measures: undefined },
  };
}

/** A snapshot as figures take it. */
function pictured({ table, centers, numbers: { epoch } }: Snapshot) {
  const pick = (c: number) => Array.from({ length: ROWS }, (_, i) => table[5 * i + c]);
  const [x, y] = [pick(0), pick(1)];
  const points = Float32Array.from({ length: 2 * ROWS }, (_, i) => (i % 2 ? y : x)[i >> 1]);
  return {
    ...{ points, labels: Int32Array.from(pick(2)), centers, classNames },
    ...{ ...words(epoch), size },
  };
}

async function bytesOf(snapshots: readonly Snapshot[], directions = false): Promise<Uint8Array> {
  const map = { set: { classNames } } as unknown as Past["map"];
  return await exported("gif", { map, title: "t", snapshots, directions, address: "" });
}

function gifOf(frames: readonly Frame[]): Uint8Array {
  const writer = new GifWriter({ delay: delayFor(frames.length), classes: 2 });
  for (const frame of frames) writer.add(frame);
  return writer.finish();
}

const apart = snapshot(1, 3, [0, 0, 0, 0]), together = snapshot(2, 0, [-1.5, 2.5, 1, 1]);

for (const [what, all] of [["with", [apart, together]], ["without", [together, apart]]] as const) {
  Deno.test(`a GIF has all planes ${what} lines around classes, as the last one wants them`, async () => {
    const shown = all.map(pictured), last = shown[1];
    const range = featureRange(shown.map(({ points }) => points), last.centers);
    const each = shown.map((it) => hidesDots({ ...it, range })), contours = each[1];
    assert(each[0] !== contours, `both epochs want ${contours} in ${JSON.stringify(range)}`);
    const frames = shown.map((it) => featureMap({ ...it, range, contours }));
    assertEquals(await bytesOf(all), gifOf(frames));
  });
}

Deno.test("a GIF of directions of two features has circles of one radius", async () => {
  const shown = [apart, together].map(pictured);
  const radius = Math.max(...shown.map(({ points }) => longestFeature(points)));
  const most = Math.max(...shown.map(fullestBin));
  const frames = shown.map((it) => circleMap({ ...it, radius, most }));
  assertEquals(await bytesOf([apart, together], true), gifOf(frames));
});
