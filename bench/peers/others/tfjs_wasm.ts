/** What TensorFlow.js's WebAssembly backend lacks for training, made of what it has. */
import * as tf from "npm:@tensorflow/tfjs-core@4.22.0";

const WASM = { backendName: "wasm" };

/** Makes the networks' gradients complete and right; the backend has been started. */
export function completeWasm(): void {
  addFilterGradient();
  repairPoolGradient();
}

/**
 * The gradient for a convolution's weights, which the backend has not. Batch and channels change places; then it is a
 * forward convolution of the images, with the gradient as its kernel, dilated by the stride.
 */
function addFilterGradient(): void {
  tf.registerKernel({
    ...WASM,
    kernelName: "Conv2DBackpropFilter",
    kernelFunc: ({ inputs, attrs }) => {
      const { strides, pad, filterShape } = attrs as unknown as {
        strides: number | [number, number];
        pad: number;
        filterShape: [number, number, number, number];
      };
      const stride = typeof strides === "number" ? strides : strides[0];
      return tf.tidy(() => {
        const x = tf.transpose(inputs.x as tf.Tensor4D, [3, 1, 2, 0]);
        const dy = tf.transpose(inputs.dy as tf.Tensor4D, [1, 2, 0, 3]);
        const all = tf.conv2d(x, dy, 1, pad, "NHWC", stride);
        // Rows and columns that the stride left over make taps that the kernel has not.
        const taps = tf.slice(all, [0, 0, 0, 0], [-1, filterShape[0], filterShape[1], -1]);
        return tf.transpose(taps, [1, 2, 0, 3]);
      });
    },
  });
}

/**
 * The backend's gradient of max pooling loses windows in which all values are negative, and PReLU makes such. Raised
 * above 0, images have their largest values at the same places.
 */
function repairPoolGradient(): void {
  const kernelName = "MaxPoolGrad";
  const { kernelFunc } = tf.getKernel(kernelName, "wasm");
  tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({
    ...WASM,
    kernelName,
    kernelFunc: (call) => {
      const input = tf.tidy(() => {
        const x = call.inputs.input as tf.Tensor;
        return tf.add(tf.sub(x, tf.min(x)), 1);
      });
      const result = kernelFunc({ ...call, inputs: { ...call.inputs, input } });
      input.dispose();
      return result;
    },
  });
}
