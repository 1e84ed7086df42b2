/**
 * Parameters side by side in few arrays, with their gradients and the optimizer's own numbers in the same order, so that
 * one dispatch updates them all.
 */
import { gpu } from "../gpu/device.ts";
import { zeros } from "../ops/fill.ts";
import { unscoped } from "../tensor/scope.ts";
import { sameShape, show } from "../tensor/shape.ts";
import { described } from "../base/choice.ts";
import { ALIGNMENT, Tensor } from "../tensor/tensor.ts";
import { collect } from "./collect.ts";
import type { Parameters } from "./optimizer.ts";

/** A parameter's place, which begins at a multiple of {@linkcode ALIGNMENT}. */
interface Slot {
  name: string;
  parameter: Tensor;
  /** In elements, from the start of its block. */
  first: number;
  length: number;
}

/** What fits into one binding. */
interface Block {
  slots: Slot[];
  parameters: Tensor;
  grads: Tensor;
  /** The optimizer's own, in the order of their kinds. */
  states: Tensor[];
}

/** Neighbouring parameters that have gradients; what lies between them is 0 in all arrays, and stays 0. */
export interface Run {
  /** In elements, a multiple of four. */
  size: number;
  parameter: Tensor;
  grad: Tensor;
  /** The optimizer's own, in the order of their kinds. */
  states: Tensor[];
}

/** The flat arrays. */
export class FlatParameters {
  readonly #blocks: Block[];

  /**
   * Moves the parameters.
   *
   * @param kinds How many numbers the optimizer keeps of each element; 0 at first.
   * @param mostElements Length of a block. Default: what the adapter binds at once.
   * @throws {TypeError} Inside a recorded step.
   */
  constructor(
    parameters: Parameters,
    kinds: number,
    mostElements = gpu().adapter.limits.maxStorageBufferBindingSize / 4,
  ) {
    if (gpu().recordings.current) {
      throw new TypeError(
        "Cannot make an optimizer inside a recorded step: it moves the parameters; make it before the step",
      );
    }
    this.#blocks = slotsOf(parameters, mostElements).map((slots) => {
      const last = slots[slots.length - 1], size = last.first + last.length;
      const [all, grads, ...states] = unscoped(() =>
        Array.from({ length: 2 + kinds }, () => zeros([size]))
      );
      return { slots, parameters: all, grads, states };
    });
    for (const block of this.#blocks) this.#settle(block);
  }

  /** The parameters. */
  get tensors(): Tensor[] {
    return this.#blocks.flatMap(({ slots }) => slots.map(({ parameter }) => parameter));
  }

  /** The optimizer's own numbers of one kind, by parameter. */
  state(kind: number): Map<string, Tensor> {
    return unscoped(() =>
      new Map(
        this.#blocks.flatMap(({ slots, states }) =>
          slots.map(({ name, parameter: { shape }, first }) =>
            [name, states[kind].alias(shape, first)] as const
          )
        ),
      )
    );
  }

  /**
   * Refuses gradients that the parameters cannot be updated by, before any of them is taken.
   *
   * @throws {TypeError} For the first that is no `f32` tensor of its parameter's shape, was freed, belongs to two parameters,
   * or is from outside of the recorded step.
   */
  check(): void {
    if (this.#blocks.some(({ parameters }) => parameters.disposed)) {
      throw new TypeError("Cannot step an optimizer that was disposed");
    }
    const seen = new Map<Tensor, string>();
    for (const { name, parameter } of this.#blocks.flatMap(({ slots }) => slots)) {
      const { view, grad } = parameter;
      if (view && grad) checkGrad(name, parameter, grad, seen);
    }
  }

  /** Takes the parameters' gradients, which were checked, and gives the runs to update; a run's tensors are freed after its turn. */
  *runs(): Generator<Run> {
    for (const block of this.#blocks) {
      this.#settle(block);
      for (const [first, size] of gathered(block)) {
        const part = (t: Tensor) => t.alias([size], first);
        const run = {
          size,
          parameter: part(block.parameters),
          grad: part(block.grads),
          states: block.states.map(part),
        };
        yield run;
        for (const t of [run.parameter, run.grad, ...run.states]) t.dispose();
      }
    }
  }

  /** Frees the flat arrays; a parameter keeps its own place in them until it is disposed, too. */
  dispose(): void {
    for (const { parameters, grads, states } of this.#blocks) {
      for (const tensor of [parameters, grads, ...states]) tensor.dispose();
    }
  }

  /** Moves parameters that are not in their places: at first all, later those that another optimizer took. */
  #settle({ slots, parameters }: Block): void {
    for (const { parameter, first } of slots) {
      const place = parameters.alias(parameter.shape, first);
      const { storage, offset } = parameter.view;
      if (storage !== place.view.storage || offset !== place.view.offset) parameter.moveTo(place);
      place.dispose();
    }
  }
}

/** Places one after the other; a new block where the last is full. */
function slotsOf(parameters: Parameters, mostElements: number): Slot[][] {
  const blocks: Slot[][] = [];
  let first = Infinity;
  for (const [name, parameter] of parameters) {
    const length = Math.ceil(parameter.size / ALIGNMENT) * ALIGNMENT;
    if (first + length > mostElements) {
      blocks.push([]);
      first = 0;
    }
    blocks[blocks.length - 1].push({ name, parameter, first, length });
    first += length;
  }
  return blocks;
}

/** Refuses a gradient; `seen` has those of the parameters before, by their names. */
function checkGrad(name: string, parameter: Tensor, grad: Tensor, seen: Map<Tensor, string>): void {
  const act = `Cannot update ${name} ${show(parameter.shape)}: its grad`;
  if (grad.dtype !== "f32" || !sameShape(grad.shape, parameter.shape)) {
    const found = grad instanceof Tensor ? `${grad.dtype} ${show(grad.shape)}` : described(grad);
    throw new TypeError(`${act} is ${found}; it must be f32 ${show(parameter.shape)}`);
  }
  if (grad.disposed) {
    throw new TypeError(
      `${act} was freed with the scope of its backward(); step() in that scope, keep() the grad, or set it to undefined`,
    );
  }
  const twin = seen.get(grad);
  if (twin !== undefined) {
    throw new TypeError(`${act} is that of ${twin}, too; a step frees them, so give each its own`);
  }
  if (gpu().recordings.outside(grad.view)) {
    throw new TypeError(
      `${act} is from outside of the recorded step, and each replay would use it again; step() before the recording, ` +
        "or set the grad to undefined",
    );
  }
  seen.set(grad, name);
}

/** Copies gradients into the flat array and frees them; gives start and length of each run of slots that had one. */
function gathered({ slots, grads }: Block): [number, number][] {
  const runs: [number, number][] = [];
  const taken = slots.filter(({ parameter }) => parameter.grad);
  collect(taken.map(({ parameter, first }) => ({ from: parameter.grad!, first })), grads);
  for (const { parameter, first, length } of taken) {
    parameter.grad!.dispose();
    parameter.grad = undefined;
    const run = runs[runs.length - 1];
    if (run && run[0] + run[1] === first) run[1] += length;
    else runs.push([first, length]);
  }
  return runs;
}
