/** How arrays lie in textures. */

/** How the elements of a type lie in a texture: in rows of `width`, one texel each. */
export interface TexelLayout {
  format: "rgba32float" | "rgba32uint" | "r32float" | "r32sint" | "r32uint";
  /** Texels of a row. */
  width: number;
  /** Bytes of a texel. */
  bytes: number;
}

/** Layouts by the WGSL type of an element. */
export const TEXELS: Readonly<Record<string, TexelLayout>> = {
  "vec4<f32>": { format: "rgba32float", width: 4096, bytes: 16 },
  "vec4<u32>": { format: "rgba32uint", width: 4096, bytes: 16 },
  f32: { format: "r32float", width: 8192, bytes: 4 },
  i32: { format: "r32sint", width: 8192, bytes: 4 },
  u32: { format: "r32uint", width: 8192, bytes: 4 },
};

/**
 * Rows of a texture for so many texels, always a power of two: if some textures had such heights and others not, llvmpipe would
 * compile a kernel again for each combination.
 */
export function heightOf({ width }: TexelLayout, texels: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, texels / width)));
}
