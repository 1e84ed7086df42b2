/**
 * The functions of one element and of two: one line each, and the only list of them. A line's place is the number by which
 * its kernel knows the function, and its name is the kernel's constant: `leakyRelu` is `LEAKY_RELU` there.
 */

/** Functions of one element. */
export const UNARY = [
  "neg",
  "exp",
  "log",
  "sqrt",
  "abs",
  "sigmoid",
  "tanh",
  "relu",
  "leakyRelu",
  "square",
  "sin",
  "cos",
  "acos",
  "clamp",
] as const;

/** How a gradient reaches an operand: as it is, or times what the kernel computes of both operands. */
type Gradient = "passes" | "computed";

/** Functions of two elements, with the gradients of the first and the second; those that are flat everywhere have none. */
export const BINARY = {
  add: ["passes", "passes"],
  sub: ["passes", "computed"],
  mul: ["computed", "computed"],
  div: ["computed", "computed"],
  pow: ["computed", "computed"],
  maximum: ["computed", "computed"],
  minimum: ["computed", "computed"],
  greater: undefined,
  greaterEqual: undefined,
  less: undefined,
  lessEqual: undefined,
  equal: undefined,
  notEqual: undefined,
} as const satisfies Record<string, readonly [Gradient, Gradient] | undefined>;

/** The name of a function of one element. */
export type UnaryName = typeof UNARY[number];
/** The name of a function of two elements. */
export type BinaryName = keyof typeof BINARY;

/**
 * A kernel's text behind the numbers of its functions, all in its first line: other lines keep their numbers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { withNumbers } from "./elementwise.ts";
 *
 * assertEquals(withNumbers(["neg", "leakyRelu"], "// y = f(x)"), "const NEG = 0u; const LEAKY_RELU = 1u; // y = f(x)");
 * ```
 */
export function withNumbers(names: readonly string[], text: string): string {
  const constants = names.map((name, i) => {
    const constant = name.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase();
    return `const ${constant} = ${i}u; `;
  });
  return constants.join("") + text;
}
