// deno-lint-ignore-file no-console
/** What a command says of the adapter. */
import type { Gpu } from "../../src/gpu/gpu.ts";

/** Says that a software adapter or OpenGL is at work: it explains the pace. */
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
