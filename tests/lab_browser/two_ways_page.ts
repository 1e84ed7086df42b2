/// <reference lib="dom" />
/** A program for a page: draws the same run on the GPU and on the processor, and compares the pictures. */
import {
  BY_ANGLE,
  BY_CENTER,
  BY_LOGIT,
  type Look,
  type MakePainters,
  type Run,
  type Source,
} from "../../lab/draw/map_painter.ts";
import { gpuPainters } from "../../lab/draw/painter.ts";
import { plainPainters } from "../../lab/draw/plain/painter.ts";
import { Uploaded } from "../../lab/draw/uploaded.ts";

/** What is compared. */
const CASES: Record<string, { dim: number } & Partial<Look>> = {
  "a plane by logit": { dim: 2, region: BY_LOGIT },
  "a dark plane by center": { dim: 2, region: BY_CENTER, dark: true },
  "a circle": { dim: 2, region: BY_ANGLE, directions: true },
  "a space": { dim: 3 },
  "a sphere": { dim: 3, region: BY_ANGLE, directions: true },
  "a dark sphere by center": { dim: 3, region: BY_CENTER, directions: true, dark: true },
  "a plane without three classes": { dim: 2, region: BY_LOGIT, hidden: 0b1010010 },
};
const SIDE = 400, CLASSES = 10, ROWS = 600, BLOCK = 16;

/** How far two pictures are from each other, at most: the mean of a block over its channels, of 255. */
export interface Difference {
  name: string;
  /** Without samples, centers and marks. */
  bare: boolean;
  most: number;
  /** Where that block is, in pixels. */
  at: [number, number];
}

Object.assign(globalThis, { compareWays });

async function compareWays(): Promise<Difference[]> {
  const device = (await (await navigator.gpu.requestAdapter())!.requestDevice())!;
  const differences: Difference[] = [], wrong: string[] = [];
  device.onuncapturederror = ({ error }) => wrong.push(error.message);
  const texture = device.createTexture({
    ...{ size: [SIDE, SIDE], format: navigator.gpu.getPreferredCanvasFormat() },
    usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC,
  });
  const plain = new OffscreenCanvas(SIDE, SIDE);
  for (const [name, { dim, ...look }] of Object.entries(CASES)) {
    for (const rows of [0, ROWS]) {
      await drawn(device, gpuPainters(device), canvasOver(texture), dim, rows, look);
      const byGpu = await pixelsOf(device, texture);
      await drawn(device, plainPainters, plain, dim, rows, look);
      const { data } = plain.getContext("2d")!.getImageData(0, 0, SIDE, SIDE);
      differences.push({ name, bare: rows === 0, ...farthest(byGpu, data) });
      show(byGpu, data);
    }
  }
  if (wrong.length > 0) throw new Error(wrong[0]);
  return differences;
}

/** Draws a run after some steps; without samples there are no centers and no marks, either. */
async function drawn(
  device: GPUDevice,
  make: MakePainters,
  canvas: OffscreenCanvas,
  dim: number,
  rows: number,
  look: Partial<Look>,
): Promise<void> {
  const runs = [0.2, 0.4, 0.6, 0.8, 1].map((grown): Run => {
    const source = { ...sourceOf(dim, grown), rows };
    return {
      gather() {},
      source: new Uploaded(device, source).source,
      copied: () => Promise.resolve(source),
    };
  });
  const names = Array.from({ length: CLASSES }, (_, k) => String(k));
  const [painter] = await make([canvas], runs.slice(0, 1), names);
  for (const run of runs) await painter.take(run);
  painter.camera.shown = { middle: [0.2, 0.1, 0], half: 3 };
  painter.camera.showDirections(look.directions ?? false, dim);
  painter.look = { ...painter.look, ...look };
  const places = [[1, 0.5, 0.4], [-1, 1, 0.2]].map((place) => place.slice(0, dim));
  if (rows > 0) painter.mark([{ place: places[0] }, { place: places[1], label: 4 }]);
  painter.draw();
}

/** Ten classes around a circle, or a spiral on a sphere; `grown` is how far they came. */
function sourceOf(dim: number, grown: number): Source {
  const random = mulberry(7), stride = dim + 3;
  const center = (k: number) =>
    [
      2 * grown * Math.cos(0.63 * k),
      2 * grown * Math.sin(0.63 * k + 0.2),
      (k - 4.5) / 3,
    ].slice(0, dim);
  const table = new Float32Array(ROWS * stride);
  for (let row = 0; row < ROWS; row++) {
    const k = row % CLASSES;
    const feature = center(k).map((c) => c + random() - 0.5 + random() - 0.5);
    table.set([...feature, k, k, row], row * stride);
  }
  const centers = Float32Array.from(
    { length: CLASSES * dim },
    (_, i) => center(Math.floor(i / dim))[i % dim],
  );
  const weights = Float32Array.from(
    { length: CLASSES * dim },
    (_, i) => 1.3 * center(i % CLASSES)[Math.floor(i / CLASSES)] + 0.3 * random(),
  );
  const bias = Float32Array.from({ length: CLASSES }, () => random() - 0.5);
  return {
    ...{ table, centers, weights, bias, stride, dim },
    ...{ rows: ROWS, place: 200, classes: CLASSES, columns: CLASSES },
  };
}

/** What a painter takes for a canvas: Chromium without a window has none for the textures of a software adapter. */
function canvasOver(texture: GPUTexture): OffscreenCanvas {
  const context = { configure() {}, getCurrentTexture: () => texture };
  return { width: SIDE, height: SIDE, getContext: () => context } as unknown as OffscreenCanvas;
}

/** What was drawn into a texture. */
async function pixelsOf(device: GPUDevice, texture: GPUTexture): Promise<Uint8ClampedArray> {
  const bytesPerRow = Math.ceil(4 * SIDE / 256) * 256;
  const buffer = device.createBuffer({
    size: bytesPerRow * SIDE,
    usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
  });
  const encoder = device.createCommandEncoder();
  encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow }, [SIDE, SIDE]);
  device.queue.submit([encoder.finish()]);
  await buffer.mapAsync(GPUMapMode.READ);
  const bytes = new Uint8Array(buffer.getMappedRange());
  const swapped = navigator.gpu.getPreferredCanvasFormat() === "bgra8unorm";
  const channels = swapped ? [2, 1, 0, 3] : [0, 1, 2, 3];
  return Uint8ClampedArray.from({ length: 4 * SIDE * SIDE }, (_, i) => {
    const y = Math.floor(i / (4 * SIDE)), x = Math.floor(i % (4 * SIDE) / 4);
    return bytes[y * bytesPerRow + 4 * x + channels[i % 4]];
  });
}

/** The block that differs most. */
function farthest(a: Uint8ClampedArray, b: Uint8ClampedArray): Pick<Difference, "most" | "at"> {
  const across = SIDE / BLOCK, sums = new Float64Array(across * across);
  a.forEach((value, i) => {
    const x = Math.floor(i / 4) % SIDE, y = Math.floor(i / 4 / SIDE);
    const block = Math.floor(y / BLOCK) * across + Math.floor(x / BLOCK);
    sums[block] += Math.abs(value - b[i]) / (3 * BLOCK * BLOCK);
  });
  const most = Math.max(...sums), block = sums.indexOf(most);
  return { most, at: [BLOCK * (block % across), BLOCK * Math.floor(block / across)] };
}

/** Puts both pictures on the page, side by side, for whoever looks. */
function show(...pictures: Uint8ClampedArray[]): void {
  for (const pixels of pictures) {
    const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
    const data = new ImageData(Uint8ClampedArray.from(pixels), SIDE, SIDE);
    canvas.getContext("2d")!.putImageData(data, 0, 0);
    document.body.append(canvas);
  }
}

/** Numbers from 0 to 1, the same each time. */
function mulberry(seed: number): () => number {
  return () => {
    seed = (seed + 0x6D2B79F5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
