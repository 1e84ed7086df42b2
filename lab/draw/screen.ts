/// <reference lib="dom" />
/** A canvas that a map is drawn on, by the GPU itself or, where the adapter is a program, by way of memory. */

/** Where frames go. */
export interface Screen {
  /** The format of its textures. */
  readonly format: GPUTextureFormat;
  readonly width: number;
  readonly height: number;
  /** What the next frame is drawn into. */
  texture(): GPUTexture;
  /** Shows what was drawn and submitted. */
  present(): Promise<void> | undefined;
  resize(width: number, height: number): void;
}

/**
 * The screen for a canvas. Browsers do not show what a software adapter draws on a canvas of WebGPU (Chromium without a
 * window, for one), so what it draws is copied.
 */
export function screenOf(device: GPUDevice, canvas: OffscreenCanvas, software: boolean): Screen {
  return software ? new CopiedScreen(device, canvas) : new DirectScreen(device, canvas);
}

class DirectScreen implements Screen {
  readonly format = navigator.gpu.getPreferredCanvasFormat();
  readonly #canvas: OffscreenCanvas;
  readonly #context: GPUCanvasContext;

  constructor(device: GPUDevice, canvas: OffscreenCanvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("webgpu") as unknown as GPUCanvasContext;
    this.#context.configure({ device, format: this.format, alphaMode: "opaque" });
  }

  get width(): number {
    return this.#canvas.width;
  }

  get height(): number {
    return this.#canvas.height;
  }

  texture(): GPUTexture {
    return this.#context.getCurrentTexture();
  }

  present(): undefined {}

  resize(width: number, height: number): void {
    Object.assign(this.#canvas, { width, height });
  }
}

class CopiedScreen implements Screen {
  readonly format = "rgba8unorm";
  readonly #device: GPUDevice;
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  #texture: GPUTexture | undefined;
  #buffer: GPUBuffer | undefined;
  /** Whether a frame is on its way: its memory outlives a change of size. */
  #presenting = false;

  constructor(device: GPUDevice, canvas: OffscreenCanvas) {
    this.#device = device;
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d")!;
  }

  get width(): number {
    return this.#canvas.width;
  }

  get height(): number {
    return this.#canvas.height;
  }

  texture(): GPUTexture {
    const { width, height, format } = this;
    return this.#texture ??= this.#device.createTexture({
      size: [width, height],
      format,
      usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC,
    });
  }

  async present(): Promise<void> {
    const { width, height } = this, texture = this.texture();
    const bytesPerRow = Math.ceil(4 * width / 256) * 256;
    const buffer = this.#buffer ??= this.#device.createBuffer({
      size: bytesPerRow * height,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
    const encoder = this.#device.createCommandEncoder();
    encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow }, [width, height]);
    this.#device.queue.submit([encoder.finish()]);
    this.#presenting = true;
    try {
      await buffer.mapAsync(GPUMapMode.READ);
    } finally {
      this.#presenting = false;
    }
    const rows = new Uint8Array(buffer.getMappedRange());
    const pixels = new Uint8ClampedArray(4 * width * height);
    for (let y = 0; y < height; y++) {
      pixels.set(rows.subarray(y * bytesPerRow, y * bytesPerRow + 4 * width), 4 * width * y);
    }
    buffer.unmap();
    if (buffer === this.#buffer) {
      return this.#context.putImageData(new ImageData(pixels, width, height), 0, 0);
    }
    // The canvas took another size meanwhile.
    texture.destroy();
    buffer.destroy();
  }

  resize(width: number, height: number): void {
    if (width === this.width && height === this.height) return;
    Object.assign(this.#canvas, { width, height });
    if (!this.#presenting) {
      this.#texture?.destroy();
      this.#buffer?.destroy();
    }
    this.#texture = this.#buffer = undefined;
  }
}
