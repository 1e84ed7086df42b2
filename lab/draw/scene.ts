/** Draws maps: the pipelines that all of them share. */
import source from "./scene.wgsl" with { type: "text" };

/** What a frame binds besides its view, in the order of the shader. */
export interface SceneBuffers {
  table: GPUBufferBinding;
  colors: GPUBufferBinding;
  centers: GPUBufferBinding;
  weights: GPUBufferBinding;
  bias: GPUBufferBinding;
  trail: GPUBufferBinding;
  marks: GPUBufferBinding;
}

/** How often each part is drawn. */
export interface Amounts {
  dim: number;
  samples: number;
  /** Pieces of paths, of all classes together. */
  trail: number;
  centers: number;
  marks: number;
}

/** Bytes of the shader's `View`. */
export const VIEW_BYTES = 144;

const BLEND: GPUBlendState = {
  color: { srcFactor: "one", dstFactor: "one-minus-src-alpha" },
  alpha: { srcFactor: "one", dstFactor: "one-minus-src-alpha" },
};
const PARTS = ["back", "box", "trail", "sample", "center", "mark"] as const;

/** The pipelines for canvases of one format. */
export class Scene {
  readonly #device: GPUDevice;
  readonly #layout: GPUBindGroupLayout;
  readonly #pipelines: Record<typeof PARTS[number], GPURenderPipeline>;
  readonly #sampler: GPUSampler;

  private constructor(
    device: GPUDevice,
    layout: GPUBindGroupLayout,
    pipelines: Record<typeof PARTS[number], GPURenderPipeline>,
  ) {
    this.#device = device;
    this.#layout = layout;
    this.#pipelines = pipelines;
    this.#sampler = device.createSampler({ magFilter: "linear", minFilter: "linear" });
  }

  /** Compiles the shader. */
  static async make(device: GPUDevice, format: GPUTextureFormat): Promise<Scene> {
    const visibility = GPUShaderStage.VERTEX | GPUShaderStage.FRAGMENT;
    const storage = [1, 2, 3, 4, 5, 6, 7].map((binding) => ({
      binding,
      visibility,
      buffer: { type: "read-only-storage" as const },
    }));
    const layout = device.createBindGroupLayout({
      entries: [
        { binding: 0, visibility, buffer: { type: "uniform" } },
        ...storage,
        { binding: 8, visibility: GPUShaderStage.FRAGMENT, texture: {} },
        { binding: 9, visibility: GPUShaderStage.FRAGMENT, sampler: {} },
      ],
    });
    const module = device.createShaderModule({ label: "scene", code: source });
    const { messages } = await module.getCompilationInfo();
    const wrong = messages.find(({ type }) => type === "error");
    if (wrong) throw new Error(`scene.wgsl:${wrong.lineNum}: ${wrong.message}`);
    const whole = device.createPipelineLayout({ bindGroupLayouts: [layout] });
    const made = await Promise.all(PARTS.map((part) =>
      device.createRenderPipelineAsync({
        label: part,
        layout: whole,
        vertex: { module, entryPoint: `${part}_vertex` },
        fragment: {
          module,
          entryPoint: part === "box" || part === "trail" ? "line_fragment" : `${part}_fragment`,
          targets: [part === "back" ? { format } : { format, blend: BLEND }],
        },
        primitive: { topology: "triangle-list" },
      })
    ));
    const pipelines = Object.fromEntries(PARTS.map((part, i) => [part, made[i]]));
    return new Scene(device, layout, pipelines as Record<typeof PARTS[number], GPURenderPipeline>);
  }

  /** What a frame binds. */
  bind(view: GPUBuffer, buffers: SceneBuffers, names: GPUTexture): GPUBindGroup {
    const { table, colors, centers, weights, bias, trail, marks } = buffers;
    const storage = [table, colors, centers, weights, bias, trail, marks];
    return this.#device.createBindGroup({
      layout: this.#layout,
      entries: [
        { binding: 0, resource: { buffer: view } },
        ...storage.map((resource, i) => ({ binding: i + 1, resource })),
        { binding: 8, resource: names.createView() },
        { binding: 9, resource: this.#sampler },
      ],
    });
  }

  /** Encodes and submits a frame. */
  draw(target: GPUTexture, group: GPUBindGroup, amounts: Amounts): void {
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginRenderPass({
      colorAttachments: [{ view: target.createView(), loadOp: "clear", storeOp: "store" }],
    });
    pass.setBindGroup(0, group);
    const part = (name: typeof PARTS[number], instances: number) => {
      if (instances <= 0) return;
      pass.setPipeline(this.#pipelines[name]);
      pass.draw(6, instances);
    };
    part("back", 1);
    part("box", amounts.dim === 3 ? 12 : 0);
    part("sample", amounts.samples);
    part("trail", amounts.trail);
    part("center", amounts.centers);
    part("mark", amounts.marks);
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
  }
}
