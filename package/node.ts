/** What Node and Bun load before a face: WebGPU is npm's `webgpu` there, an optional peer of the package. */
import { provideGpu } from "../src/gpu/adapter/source.ts";

/** Not a literal, so that no bundler looks for a package that need not be installed. */
const PEER: string = "webgpu";

provideGpu(async () => {
  // Without the first comment webpack replaces the import by one that finds nothing; without the second Vite warns.
  return (await import(/* webpackIgnore: true */ /* @vite-ignore */ PEER)).create([]);
});
