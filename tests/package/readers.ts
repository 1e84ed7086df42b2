// deno-lint-ignore-file no-console
/** What no face exports and every runtime must run: the readers of `data/formats/`, on files made on the spot. */
import { packTar } from "npm:modern-tar@0.8.6";
import { drawDigits } from "../../data/drawn/digits.ts";
import { parseCsv } from "../../data/formats/csv.ts";
import { gunzip } from "../../data/formats/gzip.ts";
import { idxBytes, readIdx } from "../../data/formats/idx.ts";
import { decodePicture } from "../../data/formats/picture.ts";
import { readTar } from "../../data/formats/tar.ts";
import { encodePng, featureMap, featureRange } from "../../src/figures/mod.ts";

/** A JPEG file of 8x4 white pixels, by jpeg-js, whose encoder no page has. */
const WHITE = `
/9j/4AAQSkZJRgABAQAAAQABAAD/2wCEABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1R
V19iZ2hnPk1xeXBkeFxlZ2MBERISGBUYLxoaL2NCOEJjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj
Y2NjY2NjY2NjY//AABEIAAQACAMBEQACEQEDEQH/xAGiAAABBQEBAQEBAQAAAAAAAAAAAQIDBAUGBwgJCgsQAAIBAwMCBAMF
BQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElK
U1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV
1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+gEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoLEQACAQIEBAMEBwUEBAABAncA
AQIDEQQFITEGEkFRB2FxEyIygQgUQpGhscEJIzNS8BVictEKFiQ04SXxFxgZGiYnKCkqNTY3ODk6Q0RFRkdISUpTVFVWV1hZ
WmNkZWZnaGlqc3R1dnd4eXqCg4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2dri
4+Tl5ufo6ery8/T19vf4+fr/2gAMAwEAAhEDEQA/APQKAP8A/9k=`;

const same = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  a.length === b.length && Array.from(a).every((value, i) => value === b[i]);

const { images, labels, height, width, count } = drawDigits({ count: 3, seed: 1, split: "train" });
const idx = idxBytes({ sizes: [count, height, width], bytes: images });
const packing = new Blob([idx]).stream().pipeThrough(new CompressionStream("gzip"));
const packed = new Uint8Array(await new Response(packing).arrayBuffer());
const unpacked = await readIdx(gunzip([packed], "idx.gz", packed.length), "idx.gz", "images");

const points = Float32Array.of(0, 0, 1, 1, 1, 0),
  map = featureMap({
    ...{ points, labels: Uint8Array.of(0, 1, 1), classNames: ["left", "right"], title: "three" },
    range: featureRange([points]),
  });
const png = decodePicture(encodePng(map), "map.png");
const jpeg = decodePicture(
  Uint8Array.from(atob(WHITE), (byte) => byte.charCodeAt(0)),
  "white.jpg",
);

const header = { name: "a/b", size: count, mode: 0o644 };
const tar = await packTar([{ header, body: new Uint8Array(labels) }]);
const csv = new TextEncoder().encode("label,pixel0\n7,3\n");

const checks = {
  idx: same(unpacked.bytes, images),
  png: same(png.rgba, map.rgba),
  jpeg: jpeg.width === 8 && jpeg.rgba.every((value) => value > 250),
  tar: same((await readTar([tar], "a.tar", ["a/b"])).get("a/b")!, labels),
  csv: same((await parseCsv([csv], "a.csv", csv.length)).images, [3]),
};
const wrong = Object.entries(checks).filter(([, right]) => !right).map(([name]) => name);
console.log(wrong.length === 0 ? "true" : `wrong: ${wrong.join(", ")}`);
