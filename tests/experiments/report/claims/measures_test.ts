/** What some claims measure, on tables with known answers. */
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import type { Claim } from "../../../../experiments/report/claims/claim.ts";
import { Evidence } from "../../../../experiments/report/claims/evidence.ts";
import { KZ_CLAIMS } from "../../../../experiments/report/claims/kz.ts";
import { LOSSES_CLAIMS } from "../../../../experiments/report/claims/losses.ts";
import { MX_CLAIMS } from "../../../../experiments/report/claims/mx.ts";
import { diskTest } from "../../../on_disk.ts";

const named = (claims: readonly Claim[], part: string) =>
  claims.find(({ statement }) => statement.includes(part))!;

/** Results of one seed: the text of a row's file by `row/file`. */
async function evidence(root: string, files: Record<string, string>): Promise<Evidence> {
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(join(root, path, ".."), { recursive: true });
    await Deno.writeTextFile(join(root, path), text);
  }
  return new Evidence(1, (id) => join(root, id));
}

diskTest("who is in the middle is told by the centers of the last epoch", async (root) => {
  const claim = named(MX_CLAIMS, "4 and 8 leave the middle");
  /** Ten centers on a circle, of which two are drawn to its middle. */
  const circle = (epoch: number, inner: readonly number[]) =>
    Array.from({ length: 10 }, (_, i) => {
      const radius = inner.includes(i) ? 0.1 : 1, angle = 2 * Math.PI * i / 10;
      return `${epoch},${i},${7 + radius * Math.cos(angle)},${-3 + radius * Math.sin(angle)}`;
    });
  const table = (...lines: string[][]) => ["epoch,class,x0,x1", ...lines.flat(), ""].join("\n");
  const seed = await evidence(root, {
    "mx-center/centers.csv": table(circle(1, [1, 2]), circle(2, [4, 8])),
    "mx-center-no-bias/centers.csv": table(circle(1, [4, 8]), circle(2, [4, 5])),
  });
  assertEquals([await claim.value(seed), await claim.control!.value(seed)], [1, 2]);
  assertEquals(await claim.value(await evidence(join(root, "none"), {})), NaN);
});

diskTest("10 and 30 epochs are judged by runs of as many alone", async (root) => {
  const claim = named(MX_CLAIMS, "10 epochs jointly and 30");
  const text = await Deno.readTextFile("results/quick/mx-10-30/seed-1/config.json");
  const value = async (epochs: number, second: number) => {
    const config = JSON.parse(text), plan = config.plan;
    config.plan = { ...plan, epochs, secondStage: { ...plan.secondStage, epochs: second } };
    const seed = await evidence(root, {
      "mx-10-30/config.json": JSON.stringify(config),
      "mx-10-30/metrics.csv": "epoch,test_accuracy_by_logit\n1,0.5\n2,0.75\n",
    });
    return await claim.value(seed);
  };
  assertEquals(await value(40, 30), 0.75);
  assertEquals(await value(4, 2), NaN);
  assertEquals(await value(40, 20), NaN);
});

diskTest("centers are apart by the mean over pairs in the last epoch", async (root) => {
  const claim = named(KZ_CLAIMS, "centers lie closer");
  const table = (...lines: string[]) =>
    ["epoch,class_a,class_b,euclidean_distance", ...lines, ""].join("\n");
  const line = (epoch: number, distance: number) => `${epoch},0,1,${distance}`;
  const seed = await evidence(root, {
    "kz-center/center_distances.csv": table(line(1, 9), line(2, 1), line(2, 3)),
    "kz-softmax/center_distances.csv": table(line(2, 40)),
  });
  assertEquals([await claim.value(seed), await claim.control!.value(seed)], [2, 40]);
});

Deno.test("a comparison of losses says where preset fast trains them for different times", () => {
  const noted = (part: string) => named(LOSSES_CLAIMS, part).note ?? "";
  assertEquals(noted("On MNIST, 2-D, standalone is best"), "");
  assert(noted("On CIFAR-10, 2-D, cross-entropy is best").includes("standalone 24"));
  const gap = noted("On Fashion-MNIST, 128-D, training and test are closer");
  assert(gap.endsWith("in epochs: standalone 10, cross-entropy + center 5"), gap);
});
