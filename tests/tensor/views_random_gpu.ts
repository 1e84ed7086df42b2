/** Random programs over views of one memory, which the CPU, kernels and replays write: each read is what a plain array says. */
import { assertEquals } from "@std/assert";
import { add, batchNorm, ones, square, sum, zeros } from "../../src/ops/mod.ts";
import { Random } from "../../src/model/random.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import { readAll, type Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { throughTextures } from "../ops/op_case.ts";

/** A tensor, and where in the memory it begins. */
interface View {
  tensor: Tensor;
  first: number;
}

type Compute = [of: (x: Tensor) => Tensor, expected: (x: Float32Array) => Float32Array];

const COMPUTES: readonly Compute[] = [
  [square, (x) => x.map((v) => v * v)],
  [(x) => add(x, 1), (x) => x.map((v) => v + 1)],
  [sum, (x) => Float32Array.of(x.reduce((a, b) => a + b, 0))],
];

/** Moves a view's elements to `values`: as running means of a batch of two equal rows. */
function moveMeans({ tensor: { size }, tensor: view }: View, values: Tensor): void {
  const batch = add(values, zeros([2, size])), runningMean = view.alias([size]);
  const state = { weight: ones([size]), bias: zeros([size]), runningVar: ones([size]) };
  batchNorm(batch, { ...state, runningMean }, { training: true, momentum: 1 });
}

/** Runs a program, and compares all that it computed. */
async function check(seed: number): Promise<void> {
  const random = new Random(seed, "weights");
  const below = (n: number) => Math.floor(random.uniform() * n);
  const of = <T>(all: readonly T[]): T => all[below(all.length)];
  const drawn = (size: number) => Float32Array.from({ length: size }, () => below(7) - 3);
  const memory = drawn(64 * (2 + below(4)) + below(20));
  const views: View[] = [{ tensor: tensor(memory), first: 0 }];
  const partOf = ({ tensor: x, first }: View): View => {
    const from = 64 * below(Math.ceil(x.size / 64));
    return { tensor: x.alias([1 + below(x.size - from)], from), first: first + from };
  };
  const now = ({ tensor: { size }, first }: View) => memory.slice(first, first + size);
  const found: [Tensor, Float32Array][] = [];
  const read = of(views), written = partOf(read), values = drawn(written.tensor.size);
  const moved = tensor(values),
    step = recorded(() => {
      moveMeans(written, moved);
      return square(read.tensor);
    });
  for (let i = 0; i < 12; i++) {
    const view = of(views), [compute, expected] = of(COMPUTES);
    const acts = [
      () => void views.push(partOf(view)),
      () => {
        const numbers = drawn(view.tensor.size);
        view.tensor.write(numbers);
        memory.set(numbers, view.first);
      },
      () => void found.push([compute(view.tensor), expected(now(view))]),
      () => {
        const numbers = drawn(view.tensor.size);
        moveMeans(view, tensor(numbers));
        memory.set(numbers, view.first);
      },
      () => {
        const result = step();
        memory.set(values, written.first);
        found.push([add(result, 0), now(read).map((v) => v * v)]);
      },
    ];
    of(acts)();
  }
  const got = await readAll(found.map(([t]) => t));
  step.dispose();
  found.forEach(([, expected], i) => assertEquals(got[i], expected, `seed ${seed}, result ${i}`));
}

Deno.test("views of one memory read what the CPU, kernels and replays wrote, in random programs", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    using _ = scope();
    using _textures = throughTextures();
    await check(seed);
  }
});
