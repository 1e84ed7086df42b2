/** The factor on each term of a loss is the number that the recipe gives it. */
import { assertEquals } from "@std/assert";
import { objectiveOf } from "../../src/losses/objective.ts";

Deno.test("objectiveOf() weighs each term by the number of its own", () => {
  const cases: [object, number[]][] = [
    [{ kind: "git", weight: 2, weightInter: 3 }, [1, 2, 3]],
    [{ kind: "island", weight: 2, weightInter: 3 }, [1, 2, 6]],
    [{ kind: "range", weightIntra: 2, weightInter: 3, margin: 1, largest: 2 }, [1, 2, 3]],
    [{ kind: "contrast-center", weight: 2, delta: 1 }, [1, 2]],
    [{ kind: "triplet-center", weight: 2, margin: 1 }, [1, 2]],
    [{ kind: "cosface", scale: 8, margin: 0.2, ramp: 0 }, [1 / 8]],
    [{ kind: "proxy-anchor", scale: 8, margin: 0.2 }, [1 / 8]],
    [{ kind: "supcon", temperature: 0.25 }, [0.25]],
    [{ kind: "soft-triple", proxies: 2, scale: 8, temperature: 1, margin: 0, weight: 2 }, [
      1 / 8,
      1 / 4,
    ]],
  ];
  for (const [recipe, wanted] of cases) {
    assertEquals(objectiveOf(recipe as never, 10).weights, wanted);
  }
});
