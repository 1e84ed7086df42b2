/** What messages and tables call the adapter of a run. */
import { BACKEND_NAMES } from "../../src/gpu/adapter/backend.ts";
import type { Config } from "./run_folder.ts";

/**
 * The name, with the backend where that is not the one to expect: the same GPU through OpenGL or Direct3D 12 rounds and
 * times differently. Runs of earlier versions do not know theirs.
 */
export function adapterName({ adapter, backend }: Pick<Config, "adapter" | "backend">): string {
  const unexpected = backend === "opengl" || backend === "d3d12";
  return unexpected ? `${adapter}, ${BACKEND_NAMES[backend]}` : adapter;
}
