/** Draws maps: the pipelines that all of them share. */
import back from "./back.wgsl" with { type: "text" };
import discs from "./discs.wgsl" with { type: "text" };
import lines from "./lines.wgsl" with { type: "text" };
import common from "./scene.wgsl" with { type: "text" };

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
  /** Whether they stand on a circle or a sphere. */
  directions: boolean;
  /** Weights of the last layer that are drawn. */
  columns: number;
  samples: number;
  /** Pieces of paths, of all classes together. */
  trail: number;
  centers: number;
  marks: number;
}

/** Bytes of the shader's `View`. */
export const VIEW_BYTES = 160;
/** Pieces of the lines of a sphere: of meridians and parallels. */
const NET = 12 * 18 + 5 * 36;

const SOURCE = [common, back, lines, discs].join("\n");
const BLEND: GPUBlendState = {
  color: { srcFactor: "one", dstFactor: "one-minus-src-alpha" },
  alpha: { srcFactor: "one", dstFactor: "one-minus-src-alpha" },
};
const PARTS = ["back", "box", "net", "trail", "sample", "pin", "center", "mark"] as const;
/** Those that are lines. */
const LINES: ReadonlySet<string> = new Set(["box", "net", "trail", "pin"]);

/** The pipelines for canvases of one format. */
export class Scene {
  readonly format: GPUTextureFormat;
  readonly #device: GPUDevice;
  readonly #layout: GPUBindGroupLayout;
  readonly #pipelines: Record<typeof PARTS[number], GPURenderPipeline>;
  readonly #sampler: GPUSampler;

  private constructor(
    device: GPUDevice,
    format: GPUTextureFormat,
    layout: GPUBindGroupLayout,
    pipelines: Record<typeof PARTS[number], GPURenderPipeline>,
  ) {
    this.#device = device;
    this.format = format;
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
    const module = device.createShaderModule({ label: "scene", code: SOURCE });
    const { messages } = await module.getCompilationInfo();
    const wrong = messages.find(({ type }) => type === "error");
    if (wrong) throw new Error(`line ${wrong.lineNum} of the scene: ${wrong.message}`);
    const whole = device.createPipelineLayout({ bindGroupLayouts: [layout] });
    const made = await Promise.all(PARTS.map((part) =>
      device.createRenderPipelineAsync({
        label: part,
        layout: whole,
        vertex: { module, entryPoint: `${part}_vertex` },
        fragment: {
          module,
          entryPoint: LINES.has(part) ? "line_fragment" : `${part}_fragment`,
          targets: [part === "back" ? { format } : { format, blend: BLEND }],
        },
        primitive: { topology: "triangle-list" },
      })
    ));
    const pipelines = Object.fromEntries(PARTS.map((part, i) => [part, made[i]]));
    return new Scene(
      device,
      format,
      layout,
      pipelines as Record<typeof PARTS[number], GPURenderPipeline>,
    );
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
    const { dim, directions } = amounts, sphere = dim === 3 && directions;
    part("box", dim === 3 && !directions ? 12 : 0);
    part("net", sphere ? NET : 0);
    part("sample", sphere ? 2 * amounts.samples : amounts.samples);
    part("trail", amounts.trail);
    part("pin", amounts.columns);
    part("center", amounts.centers);
    part("mark", amounts.marks);
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
  }
}
