/// <reference lib="dom" />
/** Training images as small canvases. */

/** The shape of all images of a set. */
export interface Shape {
  height: number;
  width: number;
  channels: number;
}

/** Paints an image into a canvas of its own size; CSS makes it larger. */
export function paintPixels(canvas: HTMLCanvasElement, pixels: Uint8Array, shape: Shape): void {
  const { height, width, channels } = shape;
  Object.assign(canvas, { height, width });
  const image = new ImageData(width, height);
  for (let i = 0; i < height * width; i++) {
    for (let c = 0; c < 3; c++) {
      image.data[4 * i + c] = pixels[i * channels + (channels === 3 ? c : 0)];
    }
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext("2d")!.putImageData(image, 0, 0);
}
