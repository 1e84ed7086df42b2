import { assertEquals, assertThrows } from "@std/assert";
import { middleCounts, middlePlaces } from "../../../../experiments/studies/measures/middle.ts";

const cases: [what: string, points: number[], ranks: number[], enclosed: number[]][] = [
  // The centroid is (1, 1); class 3 lies within an edge.
  [
    "rank from the centroid outwards, and know who is enclosed",
    [3, 3, 0, 0, 1, 2, 0, 1.5, 0, 3, 2, -3.5],
    [5, 3, 1, 2, 4, 6],
    [2, 3],
  ],
  ["rank the smaller class first among equals", [1, 0, 0, 1, -1, 0, 0, -1], [1, 2, 3, 4], []],
  ["leave out a class that is absent", [NaN, NaN, 5, 5, 1, 1], [NaN, 1, 2], []],
  ["take no classes", [], [], []],
];
for (const [what, points, ranks, enclosed] of cases) {
  Deno.test(`middlePlaces() ${what}`, () => {
    const places = middlePlaces(points);
    assertEquals(places.map(({ rank }) => rank), ranks);
    assertEquals(
      places.map((place) => place.enclosed),
      ranks.map((rank, k) => Number.isNaN(rank) ? undefined : enclosed.includes(k)),
    );
  });
}

Deno.test("middleCounts() count over runs", () => {
  const runs = [
    [1, 1, 0, 0, 3, 0, 0, 3], // ranks 1 2 3 4, class 0 enclosed
    [3, 0, 1, 1, 0, 0, 0, 3], // ranks 3 1 2 4, class 1 enclosed
    [NaN, NaN, 0, 0, 3, 0, 0, 3], // ranks - 1 2 3
  ];
  assertEquals(middleCounts(runs, 2), [
    { runs: 2, nearest: 1, enclosed: 1, meanRank: 2 },
    { runs: 3, nearest: 3, enclosed: 1, meanRank: 4 / 3 },
    { runs: 3, nearest: 2, enclosed: 0, meanRank: 7 / 3 },
    { runs: 3, nearest: 0, enclosed: 0, meanRank: 11 / 3 },
  ]);
  assertEquals(middleCounts([], 2), []);
  const none = { runs: 0, nearest: 0, enclosed: 0, meanRank: NaN };
  assertEquals(middleCounts([[NaN, NaN]], 1), [none]);
});

Deno.test("middleCounts() refuse runs of different numbers of classes", () => {
  const words = "Cannot count over runs of 1 and 2 classes: they must be as many";
  assertThrows(() => middleCounts([[0, 0], [0, 0, 1, 1]], 1), TypeError, words);
});
