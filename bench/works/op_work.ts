/** An op as work to time: its forward pass, or its backward pass alone. */
import { gpu } from "../../src/gpu/device.ts";
import type { Command } from "../../src/gpu/record/recording.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { takeTape } from "../../src/tensor/tape.ts";
import { readAll, type Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import type { Array64 } from "../../src/reference/array64.ts";
import { uniform } from "../../src/reference/uniform.ts";
import { replays } from "../measure.ts";
import { checkResult, type Prepared, type Work } from "../work.ts";

type Shape = readonly number[];

/** An op, its inputs and its twin. */
export interface Op {
  /** Its name. */
  work: string;
  /** Shapes of the inputs, and the range their numbers are drawn from: -2 to 2 without it. */
  inputs: readonly { shape: Shape; low?: number; high?: number }[];
  /** Makes what `gpu` takes after the inputs and no gradient goes to, such as labels. */
  others?: () => Tensor[];
  /** Shape of the output. */
  output: Shape;
  gpu: (...inputs: Tensor[]) => Tensor;
  twin: (...inputs: Array64[]) => Array64;
  /** The twin's gradients, one an input. */
  backward?: (grad: Array64, ...inputs: Array64[]) => readonly Array64[];
  /** Arrays that the backward pass moves, where they are not the inputs and the gradients of inputs and output. */
  moved?: readonly Shape[];
}

const FORWARD_BAR = 1e-5, BACKWARD_BAR = 1e-4;

/** The forward pass: reads the inputs, writes the output. */
export function forwardWork(op: Op): Work {
  const shapes = op.inputs.map(({ shape }) => shape);
  return {
    ...counted(op, "forward", [...shapes, op.output]),
    prepare: () => prepared(op, "forward", (...inputs) => [op.twin(...inputs)], FORWARD_BAR),
  };
}

/** The backward pass: reads the inputs and the gradient of the output, writes those of the inputs. */
export function backwardWork(op: Op): Work {
  const shapes = op.inputs.map(({ shape }) => shape);
  const gradients = (...inputs: Array64[]) => op.backward!(gradientOf(op.output), ...inputs);
  return {
    ...counted(op, "backward", op.moved ?? [...shapes, op.output, ...shapes]),
    prepare: () => prepared(op, "backward", gradients, BACKWARD_BAR),
  };
}

function counted({ work, inputs }: Op, pass: string, moved: readonly Shape[]) {
  const bytes = 4 * moved.reduce((sum, shape) => sum + sizeOf(shape), 0);
  return { work: `${work} ${pass}`, shape: inputs.map((x) => x.shape.join("x")).join(", "), bytes };
}

/** Records a pass, and compares what it gives with the CPU's. */
async function prepared(
  { work, inputs, others, output, gpu: op }: Op,
  pass: "forward" | "backward",
  twin: (...inputs: Array64[]) => readonly Array64[],
  bar: number,
): Promise<Prepared> {
  const arrays = inputs.map((x, i) => uniform(x.shape, { ...x, seed: i + 1 }));
  const requiresGrad = pass === "backward";
  const xs = arrays.map(({ shape, data }) => tensor(data, { shape, requiresGrad }));
  const grad = tensor(gradientOf(output).data, { shape: output }), rest = others?.() ?? [];
  const before = gpu().counts.dispatches;
  let results: readonly (Tensor | undefined)[] = [], untimed = 0;
  const recording = gpu().recordings.record(() => {
    const y = op(...xs, ...rest);
    results = [y];
    if (pass === "forward") return;
    untimed = gpu().counts.dispatches - before;
    results = takeTape()[0].backward(grad, () => undefined);
    y.dispose();
  });
  dropDispatches(recording.commands, untimed);
  const found = results.filter((t) => t !== undefined);
  const values = await readAll(found);
  for (const [i, { data }] of twin(...arrays).entries()) {
    checkResult(`${work} ${pass}`, `result ${i + 1}`, values[i], data, bar);
  }
  return replays(recording, found[0], [...found, ...xs, grad, ...rest]);
}

/** What stands for the gradient of an output. */
function gradientOf(output: Shape): Array64 {
  return uniform(output, { seed: 99 });
}

/** Takes the first dispatches out; copies stay. */
function dropDispatches(commands: Command[], count: number): void {
  for (let at = 0; count > 0;) {
    if (!("pipeline" in commands[at])) at++;
    else {
      commands.splice(at, 1);
      count--;
    }
  }
}
