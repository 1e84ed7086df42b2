/**
 * Unrolling of marked loops, before a kernel is compiled.
 *
 * WGSL has no unroll hint, and a loop whose counter indexes a per-thread array keeps that array out of registers: on a
 * software adapter that costs a factor of ten. A kernel therefore marks its tile loops,
 *
 *     for (var i = 0u; i < ROWS; i++) { // unroll
 *       acc[i] += x[i] * w;
 *     }
 *
 * and this pass writes the body out once per value, with `i` replaced by `0u`, `1u`, ... The file remains valid WGSL
 * without it, and every line produced remembers the line of the file it came from.
 */

/** A line of WGSL and the number (from 1) of the line it came from. */
export interface SourceLine {
  text: string;
  line: number;
  /** The file, where it is not the kernel's own; a name as kernels have them. */
  file?: string;
}

const HEADER = /^\s*for \(var (\w+) = 0u; \1 < (\w+); \1\+\+\) \{\s*\/\/ unroll\s*$/;

/**
 * Writes out every loop marked `// unroll`.
 *
 * @param source A kernel's text.
 * @param constants Values for the names that stand as loop bounds.
 * @throws {SyntaxError} For a bound that is neither a number nor in `constants`, or a loop that is never closed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { unroll } from "./unroll.ts";
 *
 * const lines = unroll("for (var i = 0u; i < N; i++) { // unroll\n  a[i] = b[i];\n}", { N: 2 });
 * assertEquals(lines.map((l) => l.text.trim()), ["{", "a[0u] = b[0u];", "}", "{", "a[1u] = b[1u];", "}"]);
 * assertEquals(lines[4].line, 2);
 * ```
 */
export function unroll(source: string, constants: Record<string, unknown>): SourceLine[] {
  const lines = source.split("\n").map((text, i) => ({ text, line: i + 1 }));
  return expand(lines, constants);
}

function expand(lines: SourceLine[], constants: Record<string, unknown>): SourceLine[] {
  const out: SourceLine[] = [];
  for (let at = 0; at < lines.length; at++) {
    const header = HEADER.exec(lines[at].text);
    if (!header) {
      out.push(lines[at]);
      continue;
    }
    const [, name, bound] = header;
    const close = closingLine(lines, at);
    const body = lines.slice(at + 1, close);
    const count = countOf(bound, constants, lines[at].line);
    const counter = new RegExp(`\\b${name}\\b`, "g");
    for (let value = 0; value < count; value++) {
      const copy = body.map((l) => ({ text: l.text.replace(counter, `${value}u`), line: l.line }));
      out.push({ text: "{", line: lines[at].line });
      out.push(...expand(copy, constants));
      out.push({ text: "}", line: lines[close].line });
    }
    at = close;
  }
  return out;
}

function closingLine(lines: SourceLine[], open: number): number {
  let depth = 0;
  for (let i = open; i < lines.length; i++) {
    for (const c of lines[i].text.replace(/\/\/.*/, "")) {
      depth += c === "{" ? 1 : c === "}" ? -1 : 0;
    }
    if (depth === 0) return i;
  }
  throw new SyntaxError(`Cannot unroll the loop in line ${lines[open].line}: it is never closed`);
}

function countOf(bound: string, constants: Record<string, unknown>, line: number): number {
  const literal = /^(\d+)u?$/.exec(bound);
  const count = literal ? Number(literal[1]) : constants[bound];
  if (typeof count !== "number") {
    throw new SyntaxError(`Cannot unroll the loop in line ${line}: ${bound} is not a constant`);
  }
  return count;
}
