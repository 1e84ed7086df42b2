import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { planOf } from "../../../experiments/plan/plan.ts";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { runPage } from "../../../experiments/report_page/run_page.ts";
import { RunError } from "../../../src/base/errors.ts";
import { percent } from "../../../src/base/format.ts";
import { encodeNpy } from "../../../src/base/npy.ts";
import { sha256 } from "../../../src/base/sha256.ts";
import { diskTest } from "../../on_disk.ts";
import { makeRun } from "./made_run.ts";

/** What a page's script reads. */
const dataOf = (page: string) =>
  JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]);

const numbers = (text: string) => new Uint16Array(Uint8Array.fromBase64(text).buffer);

diskTest(
  "runPage() shows accuracies as metrics.csv has them, and all epochs of the map",
  async (root) => {
    const { sets, accuracy, features, path } = await makeRun(root);
    const page = await runPage(path, { sets });
    assertStringIncludes(page, percent(accuracy[2]));
    const { runs: [run], thumbs } = dataOf(page);
    assertEquals(run.accuracy.test["nearest-center"], accuracy);
    assertEquals(run.map.epochs, [1, 2, 3]);
    assertEquals([run.map.train.count, run.map.test.count], [90, 60]);
    assertEquals([thumbs.test.width, thumbs.test.height], [28, 28]);
    run.map.test.epochs.forEach(
      ({ values, scales }: { values: string; scales: number[][] }, e: number) => {
        const found = numbers(values);
        for (let i = 0; i < 60; i++) {
          for (let c = 0; c < 2; c++) {
            const [least, step] = scales[c], wanted = features[e][2 * (90 + i) + c];
            assert(Math.abs(least + step * found[60 * c + i] - wanted) <= 0.51 * step);
          }
        }
      },
    );
    assertEquals(numbers(run.map.train.epochs[0].values)[0], 0xffff); // left out by the epoch
  },
);

diskTest(
  "runPage() of 128-D features gives three components, and distances of the whole features",
  async (root) => {
    const { sets, features, centers, path } = await makeRun(root, { dim: 128 });
    const { runs: [{ map }] } = dataOf(await runPage(path, { sets }));
    assertEquals([map.width, map.projected, map.test.epochs[2].scales.length], [3, true, 5]);
    const [least, step] = map.test.epochs[2].scales[3];
    const label = sets.test.labels[7];
    const own = Math.hypot(
      ...features[2].subarray(97 * 128, 98 * 128).map((v, j) => v - centers[2][label * 128 + j]),
    );
    const found = least + step * numbers(map.test.epochs[2].values)[3 * 60 + 7];
    assert(Math.abs(found - own) < step, `${found} for ${own}`);
  },
);

diskTest("runPage() says of a run that changes its row that it does", async (root) => {
  const { epochs, summary } = planOf(CATALOG.get("standalone-mnist-2")!, "quick");
  for (const [name, lead] of [[undefined, summary], ["mine", `Changed from the row: ${summary}`]]) {
    const { sets, path } = await makeRun(join(root, `${name}`), { epochs, changes: { name } });
    assertStringIncludes(await runPage(path, { sets }), `<p class="lead">${lead}</p>`);
  }
});

diskTest("runPage() between two tests says nothing of single test images", async (root) => {
  const { sets, path, features } = await makeRun(root);
  const rows = features[2].slice();
  rows.fill(NaN, 2 * sets.train.count);
  const file = join(path, "features", "epoch-003.npy");
  await Deno.writeFile(file, encodeNpy([rows.length / 2, 2], rows));
  const page = await runPage(path, { sets });
  assertEquals([page.includes("NaN %"), page.includes("The worst mistakes")], [false, false]);
});

diskTest("runPage() shows a hostile class name as text", async (root) => {
  const name = `<img src=x onerror=alert(1)>"'&`;
  const { sets, path } = await makeRun(root, {
    classNames: [name, "</script><script>alert(1)", "c"],
  });
  const page = await runPage(path, { sets });
  assertEquals(page.includes("<img src=x"), false);
  assertEquals(page.includes("<script>alert"), false);
  assertStringIncludes(page, "&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;");
  assertEquals(dataOf(page).classes[0].name, name);
});

diskTest(
  "runPage() lets the browser run its own script and no other, and names no other address",
  async (root) => {
    const { sets, path } = await makeRun(root);
    const page = await runPage(path, { sets });
    const [, script] = /<script>(.*?)<\/script>/s.exec(page)!;
    const digest = Uint8Array.fromHex(await sha256(script)).toBase64();
    assertStringIncludes(page, `script-src &#39;sha256-${digest}&#39;`);
    assertStringIncludes(page, "default-src &#39;none&#39;");
    const addresses = [...page.matchAll(/\b(?:src|href)="([^"]{0,40})/g)].map(([, it]) => it);
    assertEquals(addresses.filter((it) => !it.startsWith("data:image/")), []);
    assertEquals(page.match(/ on[a-z]+="/g), null);
    assertEquals(page.match(/ style="/g), null); // the policy would not let them in
  },
);

diskTest("runPage() leaves out samples where all would take more than 8 MB", async (root) => {
  const { sets, path } = await makeRun(root, {
    ...{ dim: 3, epochs: 40, train: 2000, test: 2000, channels: 3 },
  });
  const page = await runPage(path, { sets });
  assert(page.length > 5e6 && page.length < 8e6, `${page.length} bytes`);
  const { runs: [{ map }] } = dataOf(page);
  assertEquals(map.epochs.length, 40);
  assert(map.test.count > 500 && map.test.count < 2000, `${map.test.count} samples`);
});

diskTest("runPage() without images or features shows what is there", async (root) => {
  const { sets, path, accuracy } = await makeRun(root);
  const bare = await runPage(path);
  assertStringIncludes(bare, percent(accuracy[2]));
  assertEquals(bare.includes('id="data"'), false);
  assertStringIncludes(bare, "script-src &#39;none&#39;");
  await Deno.remove(join(path, "features"), { recursive: true });
  const still = await runPage(path, { sets });
  assertStringIncludes(still, "features of the last epoch are not there");
});

diskTest("runPage() of equal folders gives equal pages", async (root) => {
  const [a, b] = [await makeRun(join(root, "a")), await makeRun(join(root, "b"))];
  assertEquals(await runPage(a.path, { sets: a.sets }), await runPage(b.path, { sets: b.sets }));
});

diskTest(
  "runPage() refuses a folder without a run, and a run without an epoch",
  async (root) => {
    await assertRejects(() => runPage(root), RunError, "has no config.json");
    const { path } = await makeRun(root);
    await Deno.remove(join(path, "metrics.csv"));
    await assertRejects(() => runPage(path), RunError, "has no finished epoch");
  },
);

diskTest("runPage() has upright names over a matrix of long ones", async (root) => {
  const matrixOf = async (classNames: string[]) => {
    const { path, sets } = await makeRun(join(root, classNames[0]), { classNames });
    return /<table class="(matrix.*?)">/.exec(await runPage(path, { sets }))?.[1];
  };
  assertEquals(await matrixOf(["bag", "boot", "coat"]), "matrix");
  const long = Array.from({ length: 3 }, (_, k) => `the name of class number ${k}, which is long`);
  assertEquals(await matrixOf(long), "matrix tall");
});
