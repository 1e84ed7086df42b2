/** Cases of the functions of one tensor. */
import { type ClampOptions, ops } from "../../src/ops/mod.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import type { UnaryName } from "../../src/ops/elementwise.ts";
import { unary, unaryBackward } from "../../src/reference/unary.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

/** All but those that want a setting. */
type Name = Exclude<UnaryName, "clamp">;

/** Where each is defined, if not everywhere. */
const RANGES: Partial<Record<Name, { low: number; high?: number }>> = {
  log: { low: 0.1 },
  sqrt: { low: 0.1 },
  acos: { low: -0.9, high: 0.9 },
};
/** Where each has a kink at 0, to which differences are blind. */
const KINKED: readonly Name[] = ["abs", "relu", "leakyRelu"];

/** Cases of the function `name`. */
export function unaryCases(name: Name): OpCase[] {
  const range = RANGES[name] ?? {};
  const common: Pick<OpCase, "gpu" | "twin" | "backward"> = {
    gpu: (x) => ops[name](x),
    twin: (x) => unary(name, x),
    backward: (g, x) => [unaryBackward(name, g, x)],
  };
  const cases: OpCase[] = [
    { ...common, name: "takes a scalar", inputs: [array64([], [0.7])] },
    { ...common, name: "takes more than a workgroup", inputs: [uniform([1, 5, 13], range)] },
    { ...common, name: "takes four at a time", inputs: [uniform([3, 5, 20], range)] },
  ];
  if (KINKED.includes(name)) {
    const inputs = [array64([4], [-1, 0, 0, 1])];
    cases.push({ ...common, name: "has PyTorch's derivative at 0", inputs, differences: [] });
  }
  if (name === "leakyRelu") {
    cases.push({
      name: "takes a slope",
      inputs: [uniform([7])],
      gpu: (x) => ops.leakyRelu(x, { slope: 0.3 }),
      twin: (x) => unary("leakyRelu", x, { slope: 0.3 }),
      backward: (g, x) => [unaryBackward("leakyRelu", g, x, { slope: 0.3 })],
    });
  }
  if (name === "sigmoid" || name === "tanh") {
    const inputs = [array64([8], [-90, -20, -1e-4, 0, 1e-4, 0.0999, 20, 90])];
    cases.push({ ...common, name: "neither overflows nor cancels", inputs });
  }
  return cases;
}

function clamped(name: string, x: Array64, options: ClampOptions, differences?: number[]): OpCase {
  const settings = { min: -Infinity, max: Infinity, ...options };
  return {
    name,
    inputs: [x],
    gpu: (x) => ops.clamp(x, options),
    twin: (x) => unary("clamp", x, settings),
    backward: (g, x) => [unaryBackward("clamp", g, x, settings)],
    differences,
  };
}

export const clampCases: OpCase[] = [
  clamped("takes both bounds", uniform([1, 5, 13]), { min: -0.5, max: 1 }),
  clamped("takes four at a time", uniform([3, 5, 20]), { min: -0.5, max: 1 }),
  clamped("takes a lower bound alone", uniform([7]), { min: 0.25 }),
  clamped("takes an upper bound alone", uniform([]), { max: 0.25 }),
  clamped("lets the gradient through at its bounds", array64([5], [-2, -1, 0, 1, 2]), {
    min: -1,
    max: 1,
  }, []),
];
