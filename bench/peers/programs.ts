/** The programs that are compared. */

/** Names as in the tables, ours first. */
export const PROGRAMS = ["ours", "tfjs-webgpu", "tfjs-wasm", "jax-js-webgpu"] as const;

/** One of them. */
export type ProgramName = typeof PROGRAMS[number];

/** What its process is allowed: TensorFlow.js reads its WebAssembly from the package. */
export const PERMISSIONS: Record<ProgramName, string[]> = {
  "ours": [],
  "tfjs-webgpu": [],
  "tfjs-wasm": ["--allow-read"],
  "jax-js-webgpu": [],
};
