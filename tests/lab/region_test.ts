/** What places of a map are called by. */
import { assertEquals } from "@std/assert";
import { BY_ANGLE, BY_CENTER, BY_LOGIT, NO_REGION } from "../../lab/draw/map_painter.ts";
import { regionOf, type Rules } from "../../lab/worker/region_of.ts";

const SOFTMAX: Rules = { byCenter: false, readsLogits: true, columns: 1, angular: false };
const ASKED = ["auto", "logit", "center", "none"];

const cases: [string, Partial<Rules>, number[]][] = [
  ["a softmax", {}, [BY_LOGIT, BY_LOGIT, BY_CENTER, NO_REGION]],
  ["a loss on the angle", { angular: true }, [BY_ANGLE, BY_ANGLE, BY_CENTER, NO_REGION]],
  [
    "a softmax that goes by its centers",
    { byCenter: true },
    [BY_CENTER, BY_LOGIT, BY_CENTER, NO_REGION],
  ],
  [
    "a loss without logits",
    { byCenter: true, readsLogits: false },
    [BY_CENTER, NO_REGION, BY_CENTER, NO_REGION],
  ],
  ["several columns a class", { columns: 3 }, [NO_REGION, NO_REGION, BY_CENTER, NO_REGION]],
];

for (const [name, rules, regions] of cases) {
  Deno.test(`regions of ${name}`, () => {
    assertEquals(ASKED.map((asked) => regionOf(asked, { ...SOFTMAX, ...rules })), regions);
  });
}
