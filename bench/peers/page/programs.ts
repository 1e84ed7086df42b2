/** The programs that are compared in a page. */

/** Names as in the tables: ours in the page, ours in Deno on the same adapter, and the others in the page. */
export const PAGE_PROGRAMS = [
  "ours",
  "ours-deno",
  "jax-js-webgpu",
  "tfjs-webgpu",
  "tfjs-webgl",
  "tfjs-wasm",
  "tfjs-cpu",
  "convnetjs",
] as const;

/** One of them. */
export type PageProgramName = typeof PAGE_PROGRAMS[number];
