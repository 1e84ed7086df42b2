/// <reference lib="dom" />
/** Names of classes as a texture, a square cell each. */

import { discNames } from "./disc_names.ts";

const CELL = 64;

/** Draws the names as {@linkcode discNames} shortens them. */
export function namesTexture(device: GPUDevice, names: readonly string[]): GPUTexture {
  const shown = discNames(names).slice(0, 64);
  const canvas = new OffscreenCanvas(CELL * shown.length, CELL);
  const context = canvas.getContext("2d")!;
  context.textAlign = "center";
  context.textBaseline = "middle";
  shown.forEach((text, k) => {
    context.font = `600 ${text.length > 1 ? 30 : 42}px system-ui, "DejaVu Sans", sans-serif`;
    context.fillText(text, (k + 0.5) * CELL, 0.53 * CELL);
  });
  const texture = device.createTexture({
    size: [canvas.width, CELL],
    format: "rgba8unorm",
    usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST |
      GPUTextureUsage.RENDER_ATTACHMENT,
  });
  const { data } = context.getImageData(0, 0, canvas.width, CELL);
  device.queue.writeTexture({ texture }, data, { bytesPerRow: 4 * canvas.width }, [
    canvas.width,
    CELL,
  ]);
  return texture;
}
