/** An op as work to time: its forward pass, or its backward pass alone. */
import { RunError } from "../../src/base/errors.ts";
import { gpu } from "../../src/gpu/device.ts";
import type { Command } from "../../src/gpu/record/recording.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { takeTape } from "../../src/tensor/tape.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { cotangentOf, download, rounded, upload } from "../../tests/on_gpu.ts";
import type { Array64 } from "../../src/reference/array64.ts";
import { relativeError } from "../../src/reference/relative_error.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { Prepared, Work } from "../work.ts";

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
  const gradients = (...inputs: Array64[]) => op.backward!(cotangentOf(op.output), ...inputs);
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
  const arrays = inputs.map((x, i) => rounded(uniform(x.shape, { ...x, seed: i + 1 })));
  const xs = arrays.map((array) => upload(array, pass === "backward"));
  const grad = upload(cotangentOf(output)), rest = others?.() ?? [];
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
  const values = await download(found);
  for (const [i, expected] of twin(...arrays).entries()) {
    const error = relativeError(values[i].data, expected.data);
    if (error <= bar) continue;
    throw new RunError(
      `Cannot time ${work} ${pass}: its result ${i + 1} is off by ${error}, at most ${bar}`,
    );
  }
  const first = found[0].alias([1]);
  return {
    run: () => gpu().recordings.replay(recording),
    wait: async () => void await first.read(),
    dispose: () => {
      for (const t of [first, ...found, ...xs, grad, ...rest]) t.dispose();
      gpu().recordings.discard(recording);
    },
  };
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
