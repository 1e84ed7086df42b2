/// <reference lib="dom" />
/** A pad to draw a digit on: what is drawn becomes an image as the training images are. */
import { h } from "./element.ts";
import type { Shape } from "./pixels.ts";

/** Pixels of the pad's own canvas, and the height that MNIST gives a digit of 28 pixels. */
const SIDE = 280, DIGIT_SHARE = 20 / 28;

/** The pad. */
export class DrawPad {
  readonly element: HTMLElement;
  readonly #canvas = h("canvas", {
    ...{ width: SIDE, height: SIDE, class: "pad", tabindex: 0, role: "img" },
    "aria-label": "Draw a digit here; Escape wipes it",
  });
  readonly #context = this.#canvas.getContext("2d", { willReadFrequently: true })!;
  readonly #drawn: (pixels: Uint8Array<ArrayBuffer> | undefined) => void;
  #shape = { height: 28, width: 28, channels: 1 };
  /** Where the pointer is that draws: the one that came first. */
  #pen: [number, number] | undefined;
  #pointer = 0;

  /** `drawn` hears of the image after each stroke, and of nothing when it is wiped. */
  constructor(drawn: (pixels: Uint8Array<ArrayBuffer> | undefined) => void) {
    this.#drawn = drawn;
    const wipe = h("button", { class: "quiet", onclick: () => this.wipe() }, "Wipe");
    this.element = h("div", { class: "draw" }, this.#canvas, wipe);
    this.#canvas.addEventListener("pointerdown", (event) => {
      if (this.#pen || event.button !== 0) return;
      this.#pointer = event.pointerId;
      this.#canvas.setPointerCapture(event.pointerId);
      this.#pen = this.#place(event);
      this.#line(this.#pen);
    });
    this.#canvas.addEventListener("pointermove", (event) => {
      if (this.#draws(event)) this.#line(this.#place(event));
    });
    for (const end of ["pointerup", "pointercancel"]) {
      this.#canvas.addEventListener(end, (event) => {
        if (!this.#draws(event as PointerEvent)) return;
        this.#pen = undefined;
        this.#drawn(this.image());
      });
    }
    this.#canvas.addEventListener("keydown", ({ key }) => key === "Escape" && this.wipe());
  }

  #draws({ pointerId }: PointerEvent): boolean {
    return this.#pen !== undefined && pointerId === this.#pointer;
  }

  /** The shape of an image; what is drawn is handed out in another one. */
  set shape(shape: Shape) {
    const same = JSON.stringify(shape) === JSON.stringify(this.#shape);
    this.#shape = shape;
    const image = same ? undefined : this.image();
    if (image) this.#drawn(image);
  }

  /** Takes everything away. */
  wipe(): void {
    this.#context.clearRect(0, 0, SIDE, SIDE);
    this.#drawn(undefined);
  }

  /**
   * Puts a picture on the pad, in white on black as the training images are, and hands it out.
   *
   * @throws {Error} When it is no picture, or nothing is on it.
   */
  async show(file: File): Promise<void> {
    const picture = await createImageBitmap(file).catch(() => {
      throw new Error(`Cannot read ${file.name}: it is no picture that this browser knows`);
    });
    const scale = SIDE / Math.max(picture.width, picture.height);
    const [width, height] = [picture.width, picture.height].map((side) =>
      Math.max(1, Math.round(side * scale))
    );
    const [left, top] = [width, height].map((side) => Math.floor((SIDE - side) / 2));
    // What is transparent is paper, as in training images.
    this.#context.fillStyle = "#fff";
    this.#context.fillRect(left, top, width, height);
    this.#context.drawImage(picture, left, top, width, height);
    const image = this.#context.getImageData(left, top, width, height), { data } = image;
    const grey = (i: number) => (data[i] + data[i + 1] + data[i + 2]) / 3;
    const onBorder = (x: number, y: number) =>
      x === 0 || y === 0 || x === width - 1 || y === height - 1;
    let border = 0, count = 0;
    for (let i = 0; i < width * height; i++) {
      if (!onBorder(i % width, Math.floor(i / width))) continue;
      border += grey(4 * i);
      count++;
    }
    // Ink is what differs from the border: dark on light paper is turned round.
    for (let i = 0; i < data.length; i += 4) {
      data[i + 3] = border / count > 127 ? 255 - grey(i) : grey(i);
      data[i] = data[i + 1] = data[i + 2] = 255;
    }
    this.#context.clearRect(0, 0, SIDE, SIDE);
    this.#context.putImageData(image, left, top);
    this.#drawn(this.image());
    if (!this.image()) throw new Error(`${file.name} is a picture of one color: there is no ink`);
  }

  /**
   * The drawing as a training image: its ink in the middle, as high as those of MNIST; nothing where nothing is drawn.
   */
  image(): Uint8Array<ArrayBuffer> | undefined {
    const box = this.#inkBox();
    if (!box) return undefined;
    const { height, width, channels } = this.#shape, side = Math.min(height, width);
    const scale = DIGIT_SHARE * side / Math.max(box.width, box.height);
    const small = new OffscreenCanvas(width, height), context = small.getContext("2d")!;
    context.imageSmoothingQuality = "high";
    context.drawImage(
      this.#canvas,
      ...[box.left, box.top, box.width, box.height] as const,
      ...[(width - box.width * scale) / 2, (height - box.height * scale) / 2] as const,
      ...[box.width * scale, box.height * scale] as const,
    );
    const { data } = context.getImageData(0, 0, width, height);
    return Uint8Array.from(
      { length: height * width * channels },
      (_, i) => data[4 * Math.floor(i / channels) + 3],
    );
  }

  #inkBox(): { left: number; top: number; width: number; height: number } | undefined {
    const { data } = this.#context.getImageData(0, 0, SIDE, SIDE);
    let left = SIDE, top = SIDE, right = -1, bottom = -1;
    for (let i = 0; i < SIDE * SIDE; i++) {
      if (data[4 * i + 3] < 40) continue;
      const x = i % SIDE, y = Math.floor(i / SIDE);
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
    return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
  }

  #place({ clientX, clientY }: PointerEvent): [number, number] {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    return [(clientX - left) / width * SIDE, (clientY - top) / height * SIDE];
  }

  #line(to: [number, number]): void {
    const context = this.#context, from = this.#pen!;
    context.strokeStyle = "#fff";
    context.lineCap = context.lineJoin = "round";
    context.lineWidth = SIDE / 12;
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
    this.#pen = to;
  }
}
