import { assertAlmostEquals } from "@std/assert";
import { join } from "node:path";
import { Evidence } from "../../../../experiments/report/claims/evidence.ts";
import { RELATIVES_CLAIMS } from "../../../../experiments/report/claims/relatives.ts";
import { diskTest } from "../../../on_disk.ts";

diskTest(
  "a claim on several losses takes their mean, not the one that chance favours",
  async (root) => {
    const cosines = { xent: 0.6, sphereface: 0.5, "l-softmax": 0.55, cosface: 0.9, arcface: 0.65 };
    const lines = Object.entries(cosines).map(([loss, value]) => `${loss}-mnist-2,${value}`);
    const table = ["row,map_by_cosine", ...lines, ""].join("\n");
    await Deno.writeTextFile(join(root, "measures.csv"), table);
    const claim = RELATIVES_CLAIMS.find(({ statement }) => statement.includes("a margin"))!;
    assertAlmostEquals(await claim.value(new Evidence(1, () => root)), 0.65);
  },
);
