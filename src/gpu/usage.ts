/** WebGPU's numbers for what memory is used for: runtimes that get their WebGPU from outside have no globals of these names. */

/** `GPUBufferUsage`. */
export const BUFFER_USAGE = {
  MAP_READ: 0x1,
  COPY_SRC: 0x4,
  COPY_DST: 0x8,
  UNIFORM: 0x40,
  STORAGE: 0x80,
} as const;

/** `GPUTextureUsage`. */
export const TEXTURE_USAGE = { COPY_SRC: 0x1, COPY_DST: 0x2, STORAGE_BINDING: 0x8 } as const;

/** `GPUMapMode.READ`. */
export const MAP_MODE_READ = 0x1;

/** `GPUShaderStage.COMPUTE`. */
export const STAGE_COMPUTE = 0x4;
