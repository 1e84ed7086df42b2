/** Compute pipelines from WGSL text and constants, compiled once and kept. */
import { RunError } from "../errors.ts";
import type { Dialect } from "./dialect.ts";
import type { Constants, Kernel } from "./kernel.ts";
import type { TextureUse } from "./texture_access.ts";

export interface Pipeline {
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
}

/** Compiles kernels; one pipeline for each (kernel, constants). */
export class Pipelines {
  readonly #device: GPUDevice;
  readonly #cache = new Map<string, Pipeline>();
  readonly #report: (error: Error) => void;
  readonly #dialect: Dialect;
  #checks: Promise<void>[] = [];

  /** `report` is given every error the compiler finds. */
  constructor(device: GPUDevice, dialect: Dialect, report: (error: Error) => void) {
    this.#device = device;
    this.#dialect = dialect;
    this.#report = report;
  }

  /** How many pipelines were compiled. */
  get size(): number {
    return this.#cache.size;
  }

  /** The pipeline of a kernel whose marked arrays are textures where `use` says so. */
  get(kernel: Kernel, constants: Constants, use: TextureUse): Pipeline {
    const key = `${kernel.name} ${JSON.stringify(constants)} ${use}`;
    let found = this.#cache.get(key);
    if (!found) this.#cache.set(key, found = this.#compile(kernel, constants, use));
    return found;
  }

  /** Waits until all compilations so far have been checked for errors. */
  async settled(): Promise<void> {
    if (this.#checks.length > 0) await Promise.all(this.#checks.splice(0));
  }

  #compile(kernel: Kernel, constants: Constants, use: TextureUse): Pipeline {
    const device = this.#device;
    const lines = kernel.compiledLines(constants, use, this.#dialect);
    device.pushErrorScope("validation");
    const module = device.createShaderModule({
      label: kernel.name,
      code: lines.map((l) => l.text).join("\n"),
    });
    const layout = device.createBindGroupLayout({
      label: kernel.name,
      entries: kernel.bindings(constants, use).map((b) => ({
        binding: b.index,
        visibility: GPUShaderStage.COMPUTE,
        ...(b.texels
          ? { storageTexture: { access: `${b.access!}-only`, format: b.texels.format } }
          : { buffer: { type: b.kind } }),
      })),
    });
    const pipeline = device.createComputePipeline({
      label: kernel.name,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: "main" },
    });
    const check = async () => {
      const error = await device.popErrorScope();
      const info = await module.getCompilationInfo();
      const messages = info.messages.filter((m) => m.type === "error").map((m) => {
        const { line = 0, file = kernel.name } = lines[m.lineNum - 1] ?? {};
        return `kernels/${file}.wgsl:${line}:${m.linePos}: ${m.message}`;
      });
      if (messages.length > 0) this.#report(new RunError(messages.join("\n")));
      else if (error) {
        this.#report(new RunError(`kernels/${kernel.name}.wgsl: ${error.message}`));
      }
    };
    this.#checks.push(check());
    return { pipeline, layout };
  }
}
