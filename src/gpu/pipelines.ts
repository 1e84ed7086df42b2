/** Compute pipelines from WGSL text and constants, compiled once and kept. */
import { RunError } from "../base/errors.ts";
import type { Dialect } from "./wgsl/dialect.ts";
import type { Constants, Kernel } from "./kernel.ts";
import type { TextureUse } from "./wgsl/texture_access.ts";
import type { SourceLine } from "./wgsl/unroll.ts";
import { STAGE_COMPUTE } from "./usage.ts";

/** Runs `make` on what describes a pipeline, and reports later what the compiler had to say. */
type Compile = <T>(make: (descriptor: GPUComputePipelineDescriptor) => T) => T;

/**
 * A kernel with its constants. What it binds is known at once; it is compiled when it is first dispatched, or before by
 * `prepare()`.
 */
export class Pipeline {
  /** The kernel's name. */
  readonly name: string;
  readonly layout: GPUBindGroupLayout;
  readonly #device: GPUDevice;
  readonly #compile: Compile;
  #compiled: GPUComputePipeline | undefined;

  constructor(name: string, layout: GPUBindGroupLayout, device: GPUDevice, compile: Compile) {
    this.name = name;
    this.layout = layout;
    this.#device = device;
    this.#compile = compile;
  }

  /** WebGPU's pipeline, compiled now if it is not yet. */
  get compiled(): GPUComputePipeline {
    return this.#compiled ??= this.#compile((it) => this.#device.createComputePipeline(it));
  }

  /** Whether it has been compiled. */
  get ready(): boolean {
    return this.#compiled !== undefined;
  }

  /**
   * Compiles it beside others, where the runtime can: browsers do, Deno blocks the thread until it is done. What fails here
   * fails again when it is dispatched.
   */
  async prepare(): Promise<void> {
    if (this.ready) return;
    const made = this.#compile((it) => this.#device.createComputePipelineAsync(it));
    const compiled = await made.catch(() => undefined);
    this.#compiled ??= compiled;
  }
}

/** Who is told what happens. */
export interface PipelineEvents {
  /** An error that the compiler found. */
  failed(error: Error): void;
  /** The thread was blocked while one was compiled. */
  compiled(): void;
}

/** Compiles kernels; one pipeline for each (kernel, constants). */
export class Pipelines {
  readonly #device: GPUDevice;
  readonly #cache = new Map<string, Pipeline>();
  readonly #events: PipelineEvents;
  readonly #dialect: Dialect;
  /** The checks of compilations that nobody has awaited yet. */
  readonly #checks = new Set<Promise<void>>();

  constructor(device: GPUDevice, dialect: Dialect, events: PipelineEvents) {
    this.#device = device;
    this.#dialect = dialect;
    this.#events = events;
  }

  /** The pipeline of a kernel whose marked arrays are textures where `use` says so. */
  get(kernel: Kernel, constants: Constants, use: TextureUse): Pipeline {
    kernel.checkConstants(constants);
    const key = `${kernel.name} ${JSON.stringify(constants)} ${use}`;
    let found = this.#cache.get(key);
    if (!found) this.#cache.set(key, found = this.#make(kernel, constants, use));
    return found;
  }

  /** Waits until all compilations so far have been checked for errors, whoever else waits for them. */
  async settled(): Promise<void> {
    const checks = [...this.#checks];
    try {
      await Promise.all(checks);
    } finally {
      for (const check of checks) this.#checks.delete(check);
    }
  }

  #make(kernel: Kernel, constants: Constants, use: TextureUse): Pipeline {
    const device = this.#device, { name } = kernel;
    device.pushErrorScope("validation");
    const layout = device.createBindGroupLayout({
      label: name,
      entries: kernel.bindings(constants, use, this.#dialect.mostTextures).map((b) => ({
        binding: b.index,
        visibility: STAGE_COMPUTE,
        ...(b.texels
          ? { storageTexture: { access: `${b.access!}-only`, format: b.texels.format } }
          : { buffer: { type: b.kind } }),
      })),
    });
    this.#checks.add(this.#check(name, device.popErrorScope()));
    return new Pipeline(name, layout, device, (make) => {
      const lines = kernel.compiledLines(constants, use, this.#dialect);
      device.pushErrorScope("validation");
      const code = lines.map((l) => l.text).join("\n");
      const module = device.createShaderModule({ label: name, code });
      const made = make({
        label: name,
        layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
        compute: { module, entryPoint: "main" },
      });
      this.#checks.add(this.#check(name, device.popErrorScope(), { module, lines }));
      this.#events.compiled();
      return made;
    });
  }

  /** Reports what the compiler said of a text, or else what the scope about it caught. */
  async #check(
    name: string,
    scope: Promise<GPUError | null>,
    text?: { module: GPUShaderModule; lines: readonly SourceLine[] },
  ): Promise<void> {
    const error = await scope;
    const messages = (await text?.module.getCompilationInfo())?.messages ?? [];
    const errors = messages.filter((m) => m.type === "error").map((m) => {
      const { line = 0, file = name } = text?.lines[m.lineNum - 1] ?? {};
      return `kernels/${file}.wgsl:${line}:${m.linePos}: ${m.message}`;
    });
    if (errors.length > 0) this.#events.failed(new RunError(errors.join("\n")));
    else if (error) this.#events.failed(new RunError(`kernels/${name}.wgsl: ${error.message}`));
  }
}
