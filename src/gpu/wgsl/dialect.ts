/** What the compiler behind a device wants of a kernel's text, beyond what all compilers take. */
import type { AdapterFacts } from "../adapter/facts.ts";

/** How texts are written for a device. */
export interface Dialect {
  /** `enable subgroups;` stands before a kernel that uses them: WGSL wants it, and Deno's compiler refuses it. */
  enableSubgroups?: boolean;
  /**
   * Parameters are numbers that the driver does not see through (`opaque_params.ts`): only llvmpipe's Vulkan driver compiles
   * them in. Tint, whose backend cannot be told, refuses barriers and broadcasts behind such a number.
   */
  opaque?: boolean;
  /** Storage textures that a kernel may bind. Default: any number. */
  mostTextures?: number;
}

/** The dialect of an adapter. Deno grants subgroups without listing the feature; a runtime that lists it knows the line. */
export function dialectOf({ description, backend, features, limits }: AdapterFacts): Dialect {
  return {
    enableSubgroups: features.includes("subgroups"),
    opaque: backend === "vulkan" && /llvmpipe/i.test(description),
    mostTextures: limits.maxStorageTexturesPerShaderStage,
  };
}
