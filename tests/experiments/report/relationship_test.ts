import { assert, assertEquals } from "@std/assert";
import { relationshipOf } from "../../../experiments/report/relationship.ts";

/** Classes on a line at these places; two are confused `confused(distance)` times, the first as the second. */
function tables(places: readonly number[], confused: (distance: number) => number) {
  const pairs = places.flatMap((x, b) => places.slice(0, b).map((y, a) => ({ a, b, x, y })));
  const line = (epoch: number, factor: number) =>
    pairs.map(({ a, b, x, y }) => ({
      ...{ epoch: String(epoch), class_a: String(a), class_b: String(b) },
      euclidean_distance: String(factor * Math.abs(x - y)),
    }));
  const confusion = places.map((x, k) => ({
    label: String(k),
    ...Object.fromEntries(
      places.map((y, j) => [`predicted_${j}`, String(k < j ? confused(Math.abs(x - y)) : 0)]),
    ),
  }));
  return { distances: [...line(1, -1), ...line(2, 1)], confusion };
}

const places = [0, 1, 3, 7, 12, 20, 33, 54];

Deno.test("relationshipOf() finds that close classes are confused, by the last epoch", () => {
  const { distances, confusion } = tables(places, (distance) => Math.round(100 / distance));
  const { pairs, correlation, samples } = relationshipOf(distances, confusion)!;
  assertEquals(pairs.length, 28);
  assertEquals(pairs[0], { names: ["0", "1"], distance: 1, confusions: 100 });
  assert(correlation.value < -0.95 && correlation.rank === 0.001, JSON.stringify(correlation));
  assert(Math.abs(correlation.mean) < 0.05, JSON.stringify(correlation));
  assertEquals(samples, pairs.reduce((sum, { confusions }) => sum + confusions, 0));
});

Deno.test("relationshipOf() finds nothing where distances do not matter", () => {
  const { distances, confusion } = tables(places, (distance) => (distance * 7) % 5);
  assert(relationshipOf(distances, confusion)!.correlation.rank > 0.05);
});

Deno.test("relationshipOf() has nothing to say of lists, two classes, or no table", () => {
  const { distances, confusion } = tables(places, () => 1);
  assertEquals(relationshipOf([], confusion), undefined);
  assertEquals(relationshipOf(distances, []), undefined);
  assertEquals(relationshipOf(distances, confusion.slice(0, 2)), undefined);
  const list = [{ label: "0", predicted: "1", samples: "3" }];
  assertEquals(relationshipOf(distances, [...list, ...list, ...list]), undefined);
});
