/** Cases of the functions of one tensor. */
import { ops } from "../../src/ops/mod.ts";
import { array64 } from "../reference/array64.ts";
import { unary, unaryBackward, type UnaryName } from "../reference/unary.ts";
import { uniform } from "../reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

type Name = Exclude<UnaryName, "square">;

/** Where each is defined, if not everywhere. */
const LOWEST: Partial<Record<Name, number>> = { log: 0.1, sqrt: 0.1 };
/** Where each has a kink at 0, to which differences are blind. */
const KINKED: readonly Name[] = ["abs", "relu", "leakyRelu"];

/** Cases of the function `name`. */
export function unaryCases(name: Name): OpCase[] {
  const low = LOWEST[name] ?? -2;
  const common: Pick<OpCase, "gpu" | "twin" | "backward"> = {
    gpu: (x) => ops[name](x),
    twin: (x) => unary(name, x),
    backward: (g, x) => [unaryBackward(name, g, x)],
  };
  const cases: OpCase[] = [
    { ...common, name: "takes a scalar", inputs: [uniform([], { low: 0.5 })] },
    { ...common, name: "takes more than a workgroup", inputs: [uniform([1, 5, 13], { low })] },
    { ...common, name: "takes four at a time", inputs: [uniform([3, 5, 20], { low })] },
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
