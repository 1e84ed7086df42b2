// deno-lint-ignore-file no-console
/** The device that runs use: opened when the first run needs it, and anew after it was lost. */
import type { DeviceLost } from "../../src/base/errors.ts";
import type { GpuOptions } from "../../src/gpu/device.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";

/** One device at a time. */
export class RunDevice implements Disposable {
  readonly #open: () => Promise<Gpu>;
  #gpu: Gpu | undefined;
  #tiles: Gpu["tiles"] | undefined;
  #said = false;
  /** Whether no device could be opened. */
  missing = false;

  constructor(open: () => Promise<Gpu>) {
    this.#open = open;
  }

  /** The device, with the adapter's own tiles: a run leaves others there. */
  async get(): Promise<Gpu> {
    if (!this.#gpu) {
      this.missing = true;
      this.#gpu = await this.#open();
      this.missing = false;
      this.#tiles = this.#gpu.tiles;
      this.#said = false;
    }
    this.#gpu.tiles = this.#tiles!;
    return this.#gpu;
  }

  /** Says once what the device is, where it is a slow one: when a run begins on it, as one that is refused needs none. */
  say(): void {
    if (!this.#said && this.#gpu) sayAdapter(this.#gpu);
    this.#said = true;
  }

  /** Why the device went away, if that is behind an error. */
  async lossBehind(error: unknown): Promise<DeviceLost | undefined> {
    return await this.#gpu?.lossBehind(error);
  }

  /** Gives the memory of the last run back to the system. Closes a device that was lost, and forgets an error of one that was not. */
  free(): void {
    if (!this.#gpu) return;
    if (this.#gpu.lost) return this.close();
    this.#gpu.takeFailure();
    this.#gpu.pool.trim();
  }

  /** Closes it; the next `get()` opens another one. */
  close(): void {
    this.#gpu?.close();
    this.#gpu = undefined;
  }

  /** Closes it; `using` calls it. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/** How a device is opened; tests bring one of their own. */
export type Open = (options: GpuOptions) => Promise<Pick<Gpu, "adapter"> & Disposable>;

/** Prints that a software adapter or OpenGL is used, because both are slow. */
export function sayAdapter({ adapter }: Pick<Gpu, "adapter">): void {
  const { software, description, backend } = adapter;
  const what = software ? "a software adapter" : "a GPU";
  if (backend === "opengl") {
    console.log(
      `Running on ${what} through OpenGL, which is slow (deno task doctor says what mends it): ${description}`,
    );
  } else if (software) {
    console.log(`Running on ${what}: ${description}`);
  }
}
