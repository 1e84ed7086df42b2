/**
 * A WebGPU that computes nothing: memory without bytes, commands that go nowhere, zeros where something is read. It takes
 * note of what ops would have compiled on it.
 */

/** A pipeline that was asked for. */
export interface Shader {
  /** The kernel. */
  name: string;
  /** Its whole text. */
  code: string;
  /** How its arrays are bound. */
  entries: GPUBindGroupLayoutEntry[];
}

/** What an adapter says of itself; the rest is as a real one says. */
export interface Pretence {
  vendor: string;
  /** Whether it computes on the CPU. */
  software: boolean;
  /** Lanes of a subgroup; 0 for an adapter without subgroups. */
  subgroupSize: number;
}

const nothing = () => {};
const never = new Promise<never>(nothing);

/**
 * Memory: its size, and zeros where it is mapped, but for the first number: of a readback that is the count of submits
 * (`src/gpu/submit_count.ts`), without which the device would be taken for lost.
 */
function buffer({ size }: GPUBufferDescriptor, submits: () => number) {
  return {
    size,
    destroy: nothing,
    mapAsync: () => Promise.resolve(),
    getMappedRange(offset = 0, bytes = size - offset) {
      const content = new ArrayBuffer(bytes);
      if (offset === 0 && bytes >= 4) new DataView(content).setUint32(0, submits(), true);
      return content;
    },
  };
}

const pass = {
  setPipeline: nothing,
  setBindGroup: nothing,
  dispatchWorkgroups: nothing,
  end: nothing,
};
const encoder = {
  beginComputePass: () => pass,
  copyBufferToBuffer: nothing,
  copyBufferToTexture: nothing,
  copyTextureToBuffer: nothing,
  clearBuffer: nothing,
  resolveQuerySet: nothing,
  finish: nothing,
};

/** A device with those limits that hands every shader to `note`. */
function device(limits: GPUSupportedLimits, note: (shader: Shader) => void) {
  const compile = ({ layout, compute: { module } }: GPUComputePipelineDescriptor) => {
    const { label, code } = module as unknown as GPUShaderModuleDescriptor;
    note({ name: label!, code, entries: layout as unknown as GPUBindGroupLayoutEntry[] });
    return {};
  };
  let submits = 0;
  return {
    limits,
    lost: never,
    addEventListener: nothing,
    destroy: nothing,
    queue: {
      writeBuffer: nothing,
      submit: () => void submits++,
      onSubmittedWorkDone: () => Promise.resolve(),
    },
    pushErrorScope: nothing,
    popErrorScope: () => Promise.resolve(null),
    createBuffer: (descriptor: GPUBufferDescriptor) => buffer(descriptor, () => submits),
    createTexture: () => ({ createView: () => ({}), destroy: nothing }),
    createQuerySet: () => ({ destroy: nothing }),
    createCommandEncoder: () => encoder,
    createShaderModule: (descriptor: GPUShaderModuleDescriptor) => ({
      ...descriptor,
      getCompilationInfo: () => Promise.resolve({ messages: [] }),
    }),
    createBindGroupLayout: ({ entries }: GPUBindGroupLayoutDescriptor) => [...entries],
    createPipelineLayout: ({ bindGroupLayouts }: GPUPipelineLayoutDescriptor) =>
      [...bindGroupLayouts][0],
    createBindGroup: () => ({}),
    createComputePipeline: compile,
    createComputePipelineAsync: (it: GPUComputePipelineDescriptor) => Promise.resolve(compile(it)),
  };
}

/** An adapter that says of itself what it is told, and opens devices that compute nothing. */
export function pretendAdapter(
  real: GPUAdapter,
  { vendor, software, subgroupSize }: Pretence,
  note: (shader: Shader) => void,
): GPUAdapter {
  const features = new Set<string>(real.features);
  if (subgroupSize === 0) features.delete("subgroups");
  const pretended = {
    features,
    limits: real.limits,
    info: {
      vendor,
      architecture: "",
      device: "",
      description: "", // Chromium keeps it to itself
      subgroupMinSize: subgroupSize,
      subgroupMaxSize: subgroupSize,
      isFallbackAdapter: software,
    },
    requestDevice({ requiredFeatures = [] }: GPUDeviceDescriptor = {}) {
      const absent = [...requiredFeatures].find((name) => !features.has(name));
      return absent === undefined
        ? Promise.resolve(device(real.limits, note))
        : Promise.reject(new TypeError(`There is no feature ${absent}`));
    },
  };
  return pretended as unknown as GPUAdapter;
}
