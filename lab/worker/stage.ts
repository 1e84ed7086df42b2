/// <reference lib="dom" />
/** The canvases of the page, and what is drawn on each. */
import { classColor } from "../../src/figures/paint/palette.ts";
import { namesTexture } from "../draw/names.ts";
import { type Mark, Painter, type Source } from "../draw/painter.ts";
import { Scene } from "../draw/scene.ts";
import { type Screen, screenOf } from "../draw/screen.ts";
import type { Projection } from "./pointing.ts";

/** How all maps look. */
export interface StageLook {
  hidden: number;
  dark: boolean;
}

/** Canvases and painters, by the place of their map. */
export class Stage {
  readonly #device: GPUDevice;
  readonly #software: boolean;
  readonly #screens: Screen[] = [];
  readonly #pixels: number[] = [];
  #scene: Promise<Scene> | undefined;
  #painters: Painter[] = [];
  #names: GPUTexture | undefined;
  #dirty = true;
  /** Frames drawn so far. */
  frames = 0;
  /** What is drawn; without paths where it is a snapshot. */
  paths = true;
  look: StageLook = { hidden: 0, dark: false };

  constructor(device: GPUDevice, software: boolean) {
    this.#device = device;
    this.#software = software;
  }

  /** Takes a canvas. */
  attach(map: number, canvas: OffscreenCanvas): void {
    this.#screens[map] = screenOf(this.#device, canvas, this.#software);
  }

  /** A canvas has another size now. */
  resize(map: number, width: number, height: number, pixel: number): void {
    this.#screens[map]?.resize(width, height);
    this.#pixels[map] = pixel;
    this.redraw();
  }

  /** Paints these from now on. */
  async begin(sources: readonly Source[], classNames: readonly string[]): Promise<void> {
    const scene = await (this.#scene ??= Scene.make(this.#device, this.#screens[0].format));
    for (const painter of this.#painters) painter.dispose();
    this.#names?.destroy();
    const names = this.#names = namesTexture(this.#device, classNames);
    const palette = Float32Array.from(
      classNames.flatMap((_, k) => [...classColor(k).map((c) => c / 255), 1]),
    );
    this.#painters = sources.map((source, i) =>
      new Painter(this.#device, { scene, screen: this.#screens[i], names, palette }, source)
    );
    this.redraw();
  }

  /** The painter of a map. */
  painter(map: number): Painter | undefined {
    return this.#painters[map];
  }

  /** Puts marks on a map. */
  mark(map: number, marks: readonly Mark[]): void {
    this.#painters[map]?.mark(marks);
    this.redraw();
  }

  /** Where features of a map are on its canvas. */
  projection(map: number): Projection {
    const { camera, size: { width, height }, source } = this.#painters[map];
    const pixel = this.#pixels[map] ?? 1;
    const { directions } = this.#painters[map].look;
    return { matrix: camera.matrix(width, height, source.dim), directions, width, height, pixel };
  }

  /** Something changed: the next frame is drawn. */
  redraw(): void {
    this.#dirty = true;
  }

  /** Draws a frame, where there is something new to see. */
  async frame(sources: readonly Source[]): Promise<void> {
    let moving = false;
    this.#painters.forEach((painter) => {
      if (painter.camera.advance()) moving = true;
      if (painter.source.dim === 3 && !painter.camera.held) {
        painter.camera.turn += 0.004;
        moving = true;
      }
    });
    if (!this.#dirty && !moving) return;
    this.#dirty = false;
    const shown = this.#painters.flatMap((painter, i) => {
      const { width, height } = painter.size;
      if (width * height === 0 || !sources[i]) return [];
      painter.source = sources[i];
      painter.look = { ...painter.look, ...this.look, pixel: this.#pixels[i] ?? 1 };
      return [painter.draw(this.paths)];
    });
    this.frames++;
    await Promise.all(shown);
  }
}
