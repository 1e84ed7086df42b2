/** Sizes and initializers that layers refuse, by the layer's own words for them. */
import { testRefusals } from "../refusal.ts";
import { type Initializer, kaimingNormal } from "../../src/model/init.ts";
import { BatchNorm, Conv2d, Linear, PRelu } from "../../src/model/layers.ts";
import { Random } from "../../src/model/random.ts";
import { ones, zeros } from "../../src/ops/fill.ts";

const init = kaimingNormal(new Random(1, "weights"));
const own = (shape: number[]): Initializer => ({ weight: () => ones(shape), bias: zeros });

testRefusals(TypeError, {
  "Cannot make Linear: out is undefined; it must be a whole number from 0": () =>
    new Linear({ in: 2 } as never, init),
  "Cannot make Linear: in is undefined": () => new Linear(undefined as never, init),
  'Cannot make Linear: in is "2"; it must be a whole number from 0': () =>
    new Linear({ in: "2", out: 1 } as never, init),
  "Cannot make Linear: out is -1": () => new Linear({ in: 2, out: -1 }, init),
  "Cannot make Conv2d: in is 1.5": () => new Conv2d({ in: 1.5, out: 1, kernel: 1 }, init),
  "Cannot make Conv2d: kernel is an Array; it must be a whole number from 1": () =>
    new Conv2d({ in: 1, out: 1, kernel: [3, 3] as never }, init),
  "Cannot make Conv2d: stride is 0": () =>
    new Conv2d({ in: 1, out: 1, kernel: 3, stride: 0 }, init),
  "Cannot make Conv2d: padding is -1": () =>
    new Conv2d({ in: 1, out: 1, kernel: 3, padding: -1 }, init),
  "Cannot make BatchNorm: channels is NaN": () => new BatchNorm(NaN),
  "Cannot make Linear: the initializer gave f32 [3, 2] as weight; it must be f32 [2, 3]": () =>
    new Linear({ in: 2, out: 3 }, own([3, 2])),
  "Cannot make Linear: the initializer gave undefined as bias; it must be f32 [3]": () =>
    new Linear({ in: 2, out: 3 }, { ...own([2, 3]), bias: () => undefined as never }),
  "Cannot make Conv2d: the initializer gave f32 [2, 3] as weight; it must be f32 [1, 1, 2, 3]":
    () => new Conv2d({ in: 2, out: 3, kernel: 1 }, own([2, 3])),
});
testRefusals(RangeError, {
  "Cannot make PRelu with slope NaN: it must be finite": () => new PRelu(NaN),
});
