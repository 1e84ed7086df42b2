/** Kernels through the compiler of the browser. */
import { gpu } from "../../src/gpu/device.ts";
import { outcomeOf, type Tell } from "./outcome.ts";
import type { Shader } from "./pretend_gpu.ts";

/** The browser makes pipelines on several threads, and an answer from its GPU process takes longer than a small text. */
const AT_ONCE = 8;

/**
 * Compiles texts. Each passes the compiler's front: syntax, types, uniformity. SwiftShader takes seconds to translate a
 * large one, so of the texts of a kernel that bind the same arrays in the same way only the shortest becomes a pipeline,
 * but with `every` all.
 */
export async function compileAll(
  shaders: readonly Shader[],
  tell: Tell,
  every = false,
): Promise<void> {
  const shortest = new Map<string, Shader>();
  for (const shader of shaders) {
    const key = `${shader.name} ${JSON.stringify(shader.entries)}`, other = shortest.get(key);
    if (!other || shader.code.length < other.code.length) shortest.set(key, shader);
  }
  const whole = new Set(every ? shaders : shortest.values());
  const todo = shaders.values();
  const compileInTurn = async () => {
    for (const shader of todo) {
      const constants = /^(const|alias) .*;$/m.exec(shader.code)?.[0] ?? "no constants";
      const name = `${shader.name} compiles, with ${constants}`;
      tell(await outcomeOf(name, () => compile(shader, whole.has(shader))));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, compileInTurn));
}

async function compile({ name, code, entries }: Shader, whole: boolean): Promise<void> {
  const { device } = gpu();
  const module = device.createShaderModule({ label: name, code });
  const { messages } = await module.getCompilationInfo();
  const errors = messages.filter(({ type }) => type === "error");
  if (errors.length > 0) {
    const lines = code.split("\n");
    throw new Error(
      errors.map(({ message, lineNum }) => `${message} in "${lines[lineNum - 1]?.trim()}"`).join(
        "; ",
      ),
    );
  }
  if (!whole) return;
  device.pushErrorScope("validation");
  const layout = device.createPipelineLayout({
    bindGroupLayouts: [device.createBindGroupLayout({ label: name, entries })],
  });
  const error = await device.popErrorScope();
  if (error) throw new Error(error.message);
  await device.createComputePipelineAsync({ layout, compute: { module, entryPoint: "main" } });
}
