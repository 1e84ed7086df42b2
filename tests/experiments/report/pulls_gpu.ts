/** How pictures of docs/losses.md see the plane: values and arrows of losses whose formula is short. */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { onlyTurns, pullsOf, pushOf } from "../../../experiments/report/pulls.ts";

Deno.test("pullsOf() has the loss at each place and minus its gradient, row by row from the top left", async () => {
  const { side, reach, values, pulls, places: [[cx, cy]] } = await pullsOf({
    kind: "center-alone",
    rule: "autograd",
  }, 9);
  for (const [row, column] of [[0, 0], [0, side - 1], [side - 1, 0], [2, 6]]) {
    const x = reach * (2 * column / (side - 1) - 1), y = reach * (1 - 2 * row / (side - 1));
    const at = row * side + column;
    assertAlmostEquals(values[at], (x - cx) ** 2 + (y - cy) ** 2, 1e-3);
    assertAlmostEquals(pulls[2 * at], -2 * (x - cx), 1e-4);
    assertAlmostEquals(pulls[2 * at + 1], -2 * (y - cy), 1e-4);
  }
});

Deno.test("onlyTurns() tells losses on the direction of a feature from others", async () => {
  const angular = await pullsOf({ kind: "cosface", scale: 7, margin: 0.2, ramp: 0 }, 5);
  const plain = await pullsOf({ kind: "center", weight: 1, rule: "autograd" }, 5);
  assertEquals([angular, plain].map(onlyTurns), [true, false]);
});

Deno.test("pushOf() points away from the other class, and is none where nothing pushes", async () => {
  assertEquals(await pushOf({ kind: "center", weight: 1, rule: "autograd" }, 5), undefined);
  const { side, reach, pulls, places: [, [ox, oy]] } = (await pushOf({
    kind: "git",
    weight: 1,
    weightInter: 1,
  }, 13))!;
  // A place a little outside of the second class's center, seen from it.
  const [x, y] = [1.1 * ox, 1.1 * oy];
  const column = Math.round((x / reach + 1) / 2 * (side - 1));
  const row = Math.round((1 - y / reach) / 2 * (side - 1));
  const at = 2 * (row * side + column);
  const place = [reach * (2 * column / (side - 1) - 1), reach * (1 - 2 * row / (side - 1))];
  const away = (place[0] - ox) * pulls[at] + (place[1] - oy) * pulls[at + 1];
  assertEquals(away > 0, true, `${away}`);
});
