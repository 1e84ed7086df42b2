/** What the comparison with other programs does itself; none of them is needed here. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { oneHotRows, permuted, toJax } from "../../bench/peers/layouts.ts";
import { BENCH_PEERS, peerOptions } from "../../bench/peers/options.ts";
import { parse } from "../../cli/flags.ts";
import { checkOutcome, outcomeOf, sampleOf } from "../../bench/peers/outcome.ts";
import { WORKS } from "../../bench/peers/program.ts";
import { decode, encode, lines } from "../../bench/peers/protocol.ts";
import { rowsOf, toCsv } from "../../bench/peers/rows.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";

const f32 = (...values: number[]) => Float32Array.from(values);

Deno.test("decode() gives back what encode() took, bit by bit", () => {
  const message = { ask: "prepare", given: { a: { shape: [3], data: f32(1 / 3, NaN, -0) } } };
  const line = encode(message);
  assert(line.endsWith("}\n") && line.indexOf("\n") === line.length - 1, "one line");
  assertEquals(decode<typeof message>(line), message);
  assertEquals(decode(encode({ data: new Float32Array() })), { data: new Float32Array() });
  // A view of a larger buffer sends its own part.
  assertEquals(decode(encode({ data: f32(1, 2, 3).subarray(1, 2) })), { data: f32(2) });
});

Deno.test("decode() passes over what is no message", () => {
  for (const line of ["Hi, looks like you are running in Node.js", "", "17", "null", "{"]) {
    assertEquals(decode(line), undefined);
  }
});

Deno.test("lines() joins what arrives in pieces", async () => {
  const pieces = ["on", "e\ntw", "", "o\n\nth", "ree"].map((it) => new TextEncoder().encode(it));
  assertEquals(await Array.fromAsync(lines(ReadableStream.from(pieces))), [
    "one",
    "two",
    "",
    "three",
  ]);
});

const ours = {
  program: "ours",
  version: "1",
  adapter: "a, b",
  times: [30, 10, 20],
  firstMs: 99,
  note: "",
} as const;
const refused = {
  ...ours,
  program: "tfjs-wasm",
  times: [],
  firstMs: null,
  note: "said no",
} as const;

Deno.test("rowsOf() gives rates, and ratios of speeds", () => {
  const peer = { ...ours, program: "jax-js-webgpu", times: [40] } as const;
  const facts = { shape: "s", flops: 4e6, images: 2 };
  const rows = rowsOf("training step, ResNet", facts, [ours, peer, refused]);
  const numbers = rows.map(({ ms, min, max, rounds, gflops, imagesPerSecond, ratioToOurs }) =>
    [ms, min, max, rounds, gflops, imagesPerSecond, ratioToOurs] as const
  );
  assertEquals(numbers, [
    [20, 10, 30, 3, 0.2, 100, 1],
    [40, 40, 40, 1, 0.1, 50, 0.5],
    [null, null, null, 0, null, null, null],
  ]);
  assertEquals(rowsOf("matmul", { ...facts, images: null }, [ours])[0].imagesPerSecond, null);
});

Deno.test("toCsv() quotes commas and leaves fields without a number empty", () => {
  const facts = { shape: "3x3, 1", flops: 1e6, images: null };
  assertEquals(
    toCsv(rowsOf("matmul", facts, [{ ...ours, times: [3] }, refused])),
    "work,shape,program,version,adapter,ms,min,max,rounds,gflops,imagesPerSecond,firstMs,ratioToOurs,note\n" +
      'matmul,"3x3, 1",ours,1,"a, b",3,3,3,1,0.33333,,99,1,\n' +
      'matmul,"3x3, 1",tfjs-wasm,1,"a, b",,,,0,,,,,said no\n',
  );
});

Deno.test("checkOutcome() refuses another result, by the program's name", () => {
  const check = (...found: number[]) => () =>
    checkOutcome("tfjs-wasm", "matmul", f32(...found), f32(1, 2));
  check(1, 2.001)();
  for (const [found, state] of [[[1, 2.01], "its result is 4.5e-3 away"], [[1], "it gave 1 val"]]) {
    const what = `Cannot time tfjs-wasm on matmul: ${state}`;
    assertThrows(check(...found as number[]), RunError, what);
  }
  assertThrows(check(1, NaN), RunError, "its result is NaN away from ours");
});

Deno.test("checkOutcome() refuses losses that differ or do not fall", () => {
  const check = (found: number[], own: number[]) => () =>
    checkOutcome("jax-js-webgpu", "training step, LeNet++", f32(...found), f32(...own));
  check([4, 5, 2.01], [4.001, 9, 2])();
  assertThrows(check([4.1, 5, 2], [4, 5, 2]), RunError, "its loss at step 1 is 4.09");
  assertThrows(check([4, 5, 2.1], [4, 5, 2]), RunError, "its loss at step 3 is 2.09");
  assertThrows(check([NaN, 5, 2], [4, 5, 2]), RunError, "its loss at step 1 is NaN, ours is 4");
  assertThrows(check([4, 5, 4], [4, 5, 4]), RunError, "its loss does not fall: 4 at step 1, 4 at");
});

Deno.test("outcomeOf() reads every first loss of a step, and a sample of an op's result", async () => {
  let runs = 0;
  const runnable = {
    run: () => void runs++,
    wait: () => Promise.resolve(),
    read: () => Promise.resolve(f32(runs, 7)),
  };
  const step = await outcomeOf("training step, ResNet", runnable);
  assertEquals([...step.outcome], [1, 2, 3, 4]);
  assert(step.firstMs !== null);
  const op = await outcomeOf("matmul", runnable);
  assertEquals([[...op.outcome], op.firstMs], [[5, 7], null]);
});

Deno.test("sampleOf() goes from the first element to the last", () => {
  const sample = sampleOf(Float32Array.from({ length: 10_000 }, (_, i) => i));
  assertEquals([sample.length, sample[0], sample.at(-1)], [256, 0, 9999]);
  assertEquals([...sampleOf(f32(5))], [5]);
});

Deno.test("permuted() is a transpose, and back again", () => {
  const array = { shape: [2, 3], data: f32(1, 2, 3, 4, 5, 6) };
  assertEquals(permuted(array, [1, 0]), { shape: [3, 2], data: f32(1, 4, 2, 5, 3, 6) });
  const kernel = { shape: [2, 1, 3, 2], data: Float32Array.from({ length: 12 }, (_, i) => i) };
  assertEquals(permuted(permuted(kernel, toJax.kernel), toJax.kernelBack), kernel);
});

Deno.test("toJax.parameter() turns kernels and what follows a flattening, and nothing else", () => {
  const data = Float32Array.from({ length: 3 * 3 * 128 * 2 }, (_, i) => i);
  const linear = { shape: [3 * 3 * 128, 2], data };
  // Row 1 of channels first is channel 0 at pixel 1: row 128 of channels last.
  assertEquals([...toJax.parameter("fc1.weight", linear).data.slice(2, 4)], [256, 257]);
  assertEquals(toJax.parameter("fc2.weight", linear), linear);
  const kernel = { shape: [1, 1, 2, 3], data: f32(1, 2, 3, 4, 5, 6) };
  assertEquals(toJax.parameter("conv1.weight", kernel).shape, [3, 2, 1, 1]);
  assertEquals([...oneHotRows(f32(1, 0), 2).data], [0, 1, 1, 0]);
});

const options = (...args: string[]) => peerOptions(parse(BENCH_PEERS, args)!);

Deno.test("peerOptions() writes over the whole comparison only with a whole one", () => {
  assertEquals(options(), {
    works: WORKS,
    peers: ["tfjs-webgpu", "tfjs-wasm", "jax-js-webgpu"],
    rounds: 3,
    timeout: 300,
    batch: 32,
    verbose: false,
    csv: "results/bench/peers.csv",
  });
  const { works, peers, csv } = options("--works", "resnet, GRADIENT", "--peers=tfjs-wasm");
  assertEquals(works, [
    "conv2d input gradient",
    "conv2d weight gradient",
    "training step, ResNet",
  ]);
  assertEquals([peers, csv], [["tfjs-wasm"], undefined]);
  assertEquals(options("--batch", "2").csv, undefined);
  assertEquals(options("--batch=2", "--csv=a.csv").csv, "a.csv");
});

Deno.test("peerOptions() refuses works and programs that there are not", () => {
  const misuses: [string[], string][] = [
    [["--works", "resnet,vgg"], `Unknown work "vgg": there are ${WORKS.join(", ")}`],
    [["--peers", "tfjs-wsm"], 'Unknown program "tfjs-wsm": did you mean "tfjs-wasm"? There are '],
    [["--peers="], "--peers needs names, with commas between: --peers A,B"],
  ];
  for (const [args, message] of misuses) {
    assertThrows(() => options(...args), UsageError, message);
  }
});
