/** Figures that are in the repository stay as they are: what is new is asked for. */
import { assertEquals } from "@std/assert";
import { featureMap } from "../../src/figures/feature_map.ts";
import { thumbnailMap } from "../../src/figures/thumbnail_map.ts";
import { blobs } from "./blobs.ts";
import { digest } from "./pixels.ts";

const classNames = Array.from({ length: 10 }, (_, k) => `${k}`);
const samples = blobs(500, 10);

Deno.test("featureMap() without marks and class numbers draws the bytes that it always drew", async () => {
  const frame = featureMap({
    ...samples,
    classNames,
    title: "cent-mnist-2 · quick · epoch 12 of 20",
    subtitle: "test: 97.31 % by logit",
    range: { xMin: -6.5, xMax: 9, yMin: -9, yMax: 9 },
  });
  assertEquals(
    await digest(frame),
    "96047a9aae2dc54722e175f957150844927a42aa829dc91864fab91bcb0b09f9",
  );
});

Deno.test("thumbnailMap() draws the bytes that it always drew", async () => {
  const { points, labels } = samples;
  const frame = thumbnailMap({
    points: Float32Array.from(
      { length: 3 * labels.length },
      (_, i) => i % 3 < 2 ? points[2 * Math.floor(i / 3) + i % 3] : i % 7,
    ),
    labels,
    images: new Uint8Array(64 * labels.length).fill(200),
    height: 8,
    width: 8,
    channels: 1,
    classNames,
    centers: new Float32Array(30),
    title: "cent-mnist-128 · quick · epoch 12 of 20",
  });
  assertEquals(
    await digest(frame),
    "2028ef51b3fb9193fdc54e665d690079a11227d014c4084aded6f69ab18478a3",
  );
});
