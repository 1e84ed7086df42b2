/** The bytes of a data set on the GPU, in as many buffers as the adapter's bindings ask for. */
import type { ImageSet } from "./image_set.ts";
import { gpu } from "../gpu/device.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";

/** Neighbouring samples of a set, in one buffer. */
export interface Shard {
  /** Number of its first sample. */
  first: number;
  /** The one after its last. */
  end: number;
  /** `[end - first, height, width, channels]` bytes, four to an element. */
  bytes: Tensor;
}

/** Kernels count bytes in 32 bits. */
const MOST_BYTES = 2 ** 31;

/** Bytes that one buffer may have and one binding may cover: a power of two, as the pool rounds up to no more than that. */
export function mostBytesOfShard(): number {
  const { maxBufferSize, maxStorageBufferBindingSize } = gpu().adapter.limits;
  const most = Math.min(maxBufferSize, maxStorageBufferBindingSize, MOST_BYTES);
  return 2 ** Math.floor(Math.log2(most));
}

/**
 * Uploads a set's images, whole ones to a shard.
 *
 * @throws {RangeError} When one image is larger than a shard.
 */
export function uploadShards(set: ImageSet, mostBytes: number): Shard[] {
  const { name, count, height, width, channels, images } = set;
  const bytes = height * width * channels;
  const most = Math.floor(mostBytes / bytes);
  if (most < 1) {
    throw new RangeError(
      `Cannot put ${name} images of ${bytes} bytes on the GPU: this adapter binds at most ${mostBytes}`,
    );
  }
  return Array.from({ length: Math.ceil(count / most) }, (_, i) => {
    const first = i * most;
    const end = Math.min(count, first + most);
    return { first, end, bytes: uploadBytes(images.subarray(first * bytes, end * bytes)) };
  });
}

/** Bytes as elements of four, the last filled up with zeros; no copy of them is made on the way. */
function uploadBytes(bytes: Uint8Array<ArrayBuffer>): Tensor {
  const t = empty([Math.ceil(bytes.length / 4)], "i32");
  const whole = bytes.length - bytes.length % 4;
  gpu().write(t.view, bytes.subarray(0, whole));
  if (whole < bytes.length) {
    const rest = new Uint8Array(4);
    rest.set(bytes.subarray(whole));
    gpu().write({ ...t.view, offset: t.view.offset + whole }, rest);
  }
  return t;
}
