/** The contest, with a clock and results that the test makes up. */
import { assertEquals, assertRejects } from "@std/assert";
import { RunError } from "../../src/base/errors.ts";
import type { Tile } from "../../src/gpu/tiles/tiles.ts";
import type { Timer } from "../../src/tune/timing.ts";
import type { Contender, Trial } from "../../src/tune/trial.ts";
import { tuneOne } from "../../src/tune/tune_one.ts";
import type { Use } from "../../src/tune/use.ts";

const use: Use = { kernel: "matmul", shape: "8x4 by 4x2" };
/** A tile, told apart by its rows. */
const tile = (rows: number): Tile => ({ rows, cols: 1, lanes: 8, parallel: 1, share: "nothing" });
const OWN = tile(1);

/** A machine on which each tile takes the given milliseconds, sample by sample; the last one holds for the rest. */
class Machine implements Trial {
  readonly samples = new Map<number, number>();
  readonly #open = new Set<Contender>();
  readonly #rows = new Map<unknown, number>();

  constructor(
    readonly ms: Record<number, number[]>,
    readonly results: Record<number, number[][] | Error> = {},
  ) {}

  readonly inputs = [];

  wrong = (result: ArrayLike<number>) => result[3] === 3 ? undefined : "element 3 is wrong";

  prepare({ rows }: Tile): Promise<Contender> {
    const given = this.results[rows] ?? [[0, 1, 2, 3], [5]];
    if (given instanceof Error) return Promise.reject(given);
    const contender: Contender = {
      run: () => {},
      wait: () => Promise.resolve(),
      outputs: [],
      results: given.map((values) => Float32Array.from(values)),
      dispose: () => void this.#open.delete(contender),
    };
    this.#open.add(contender);
    this.#rows.set(contender, rows);
    return Promise.resolve(contender);
  }

  time: Timer = (work, runs) => {
    const rows = this.#rows.get(work)!, times = this.ms[rows];
    const taken = this.samples.get(rows) ?? 0;
    // The search for the number of runs comes before the samples of the first tile.
    this.samples.set(rows, taken + 1);
    return Promise.resolve(runs * times[Math.min(taken, times.length - 1)]);
  };

  /** Contenders that were not disposed. */
  get open(): number {
    return this.#open.size;
  }

  dispose(): void {}
}

async function contest(machine: Machine, rows: number[], over = () => false) {
  const candidates = rows.map(tile);
  const found = await tuneOne(use, OWN, machine, { candidates, time: machine.time, over });
  assertEquals(machine.open, 0);
  return found;
}

Deno.test("tuneOne() gives the tile with the smallest median", async () => {
  // One slow sample of the best tile and one fast sample of another decide nothing.
  const machine = new Machine({ 1: [100], 2: [80, 80, 200, 80, 80], 3: [90, 90, 10, 90, 90] });
  assertEquals(await contest(machine, [2, 3]), {
    ...use,
    tile: tile(2),
    ms: 80,
    defaultMs: 100,
    dropped: [],
  });
});

Deno.test("tuneOne() keeps the default tile unless another is 3 % faster", async () => {
  const kept = await contest(new Machine({ 1: [100], 2: [97.5] }), [2]);
  assertEquals([kept?.tile, kept?.ms, kept?.defaultMs], [OWN, 100, 100]);
  const changed = await contest(new Machine({ 1: [100], 2: [97] }), [2]);
  assertEquals([changed?.tile, changed?.ms, changed?.defaultMs], [tile(2), 97, 100]);
  assertEquals((await contest(new Machine({ 1: [100] }), []))?.tile, OWN);
});

Deno.test("tuneOne() times a candidate once that is twice as slow", async () => {
  const machine = new Machine({ 1: [100], 2: [201], 3: [199] });
  assertEquals((await contest(machine, [2, 3]))?.tile, OWN);
  assertEquals([machine.samples.get(2), machine.samples.get(3)], [1, 5]);
});

Deno.test("tuneOne() drops fast tiles whose results are wrong, in any array, and says so", async () => {
  const right = [0, 1, 2, 3];
  const machine = new Machine({ 1: [100], 2: [1], 3: [1], 4: [1], 5: [50] }, {
    2: [[0, 1, 2.1, 3], [5]],
    3: [right, [NaN]],
    4: new Error("kernels/matmul.wgsl:1:2: no such thing\nat all"),
  });
  const found = await contest(machine, [2, 3, 4, 5]);
  assertEquals(found?.tile, tile(5));
  assertEquals(found?.dropped, [
    { tile: tile(2), why: `wrong: element 2 is ${Math.fround(2.1)}, should be 2` },
    { tile: tile(3), why: "wrong: element 0 is NaN, should be 5" },
    { tile: tile(4), why: "refused: kernels/matmul.wgsl:1:2: no such thing" },
  ]);
  assertEquals([...machine.samples.keys()], [1, 5]);
});

Deno.test("tuneOne() refuses a kernel whose default tile is wrong", async () => {
  const machine = new Machine({ 1: [100] }, { 1: [[0, 1, 2, 4], [5]] });
  await assertRejects(
    () => contest(machine, [2]),
    RunError,
    "Cannot tune matmul on 8x4 by 4x2: with its default tile element 3 is wrong; see deno task doctor",
  );
  assertEquals(machine.open, 0);
});

Deno.test("tuneOne() has no winner when the time is over first", async () => {
  for (const asked of [0, 1, 2, 3]) {
    let left = asked;
    const machine = new Machine({ 1: [100], 2: [50], 3: [50] });
    assertEquals(await contest(machine, [2, 3], () => left-- === 0), undefined);
  }
});
