/** `deno task table`: what it copies, writes and checks, in a folder of its own. */
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { parseOptions } from "./parse_options.ts";
import type { Preset } from "../../experiments/plan/plan.ts";
import { pathOf } from "../../experiments/run_folder/path.ts";
import { main } from "../../experiments/table.ts";
import { exitCode } from "../../cli/run_cli.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { writeWhole } from "../../src/base/files.ts";
import { defaultTiles } from "../../src/gpu/tiles/tiles.ts";
import { contents } from "./run_folders.ts";
import { diskTest } from "../on_disk.ts";
import { printed } from "../printed.ts";
import { cellsOf } from "./report/cells.ts";

const RESULTS = join("docs", "results.md");
/** Parts that are written, by the page. */
const BLOCKS = {
  "README.md": ["summary", "gallery"],
  [RESULTS]: ["results", "gallery", "separation", "claims", "others"],
  [join("docs", "speed.md")]: ["speed", "peers", "page"],
  [join("docs", "fast.md")]: ["settings", "results", "missed", "search"],
};
const marks = (names: readonly string[]) =>
  names.map((name) => `<!-- ${name}:begin -->\n<!-- ${name}:end -->\n`).join("\n");

/** Files by their paths, one a line of a table. */
async function write(folder: string, files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) await writeWhole(join(folder, name), text);
}

const names = (path: string) => [...Deno.readDirSync(path)].map(({ name }) => name).sort();

/** What a finished run leaves, as far as the command reads it. */
async function writeRun(
  out: string,
  id: string,
  { preset = "quick", seed = 1, ...more }: {
    preset?: Preset;
    seed?: number;
    drawn?: boolean;
    finished?: boolean;
    ownData?: boolean;
    /** What flags changed. */
    flags?: string;
  } = {},
) {
  const { flags = "" } = more, line = `${id} --preset ${preset} --seed ${seed} ${flags}`.trim();
  const plan = parseOptions(line.split(" "))!.plan;
  const own = more.ownData &&
    { dataset: "cats", ownData: { source: "folder:cats", testShare: 0.2 } };
  const rules = ["test_accuracy_by_logit", "test_accuracy_by_nearest_center"];
  await write(pathOf({ out, plan: { ...plan, ...own } }), {
    "config.json": JSON.stringify({
      plan: { ...plan, ...own },
      tiles: defaultTiles({ software: true, subgroupSize: 8 } as never),
      adapter: "an adapter",
      ...(more.drawn && { drawn: true }),
    }),
    "metrics.csv":
      `epoch,${rules},train_accuracy_by_nearest_center\n1,0.5,0.6,0.7\n2,0.7,0.8,0.9\n`,
    "timing.csv": "epoch,seconds\n1,10\n2,20\n",
    "center_distances.csv": "epoch,class_a,class_b,euclidean_distance\n1,0,1,2\n2,0,1,5\n",
    "distances.csv":
      "epoch,split,class,samples,mean_squared_distance\n1,train,0,5,4\n2,train,0,5,1\n",
    "steps.csv": "steps",
    "features/epoch-001.npy": "features",
    "train.gif": "a picture;",
    "val.gif": "a picture;",
    "centers.csv": "0".repeat(id.startsWith("xent") ? 200_000 : 100),
    ...(more.finished !== false && {
      "summary.json": '{"epochs":2,"last":0.7,"best":{"epoch":2,"accuracy":0.7}}',
    }),
  });
}

/** What a study leaves. */
async function writeStudy(
  out: string,
  name: string,
  { preset = "quick", seed = 1, drawn = false, ...more }: {
    preset?: Preset;
    seed?: number;
    drawn?: boolean;
    ownData?: boolean;
  } = {},
) {
  const runs = [{ id: "density", drawn: false }, { id: "density-softmax", drawn }];
  await write(join(out, name, preset, `seed-${seed}`), {
    "study.json": JSON.stringify({ study: name.split(/[@+]/)[0], preset, seed, ...more, runs }),
    "claims.csv": "row,split,value\ndensity,train,0.123456\ndensity,test,\n",
    "notes.txt": "notes",
    "x.png.part": "a part",
    "panel.png": "a picture, IENDsums",
    "panel.gif": "a picture;",
  });
}

diskTest("deno task table", async (root, t) => {
  const home = Deno.cwd();
  Deno.chdir(root);
  const table = (...args: string[]) => printed(() => main(args));
  try {
    await t.step("refuses a README without a place for it", async () => {
      await Deno.writeTextFile("README.md", "# No marks\n");
      await assertRejects(() => table(), RunError, "README.md has no place for the summary");
      for (const [page, parts] of Object.entries(BLOCKS)) {
        await write(".", { [page]: `# Numbers\n\n${marks(parts)}` });
      }
    });

    await t.step("works where there are no results yet", async () => {
      assertEquals((await table()).result, 0);
      assertEquals((await table("--check")).result, 0);
      const readme = await Deno.readTextFile("README.md");
      assert(readme.includes("No results are in the repository yet."), readme);
    });

    await t.step("--runs copies what is small of finished runs of published rows", async () => {
      await writeRun("runs", "cent-mnist-2");
      await writeRun("runs", "cent-mnist-2", { seed: 2 });
      await writeRun("runs", "xent-mnist-2");
      await writeRun("runs", "xent-mnist-2", { preset: "paper", finished: false });
      await writeRun("runs", "xent-mnist-2", { seed: 2, drawn: true });
      await writeRun("runs", "xent-mnist-2", { preset: "smoke" });
      await writeRun("runs", "cent-digits-2");
      await writeRun("runs", "arcface-mnist-2");
      await writeRun("runs", "kz-center");
      await writeRun("runs", "kz-center", { ownData: true });
      await writeStudy("runs", "density-claims");
      await writeStudy("changed", "density-claims+lr=0.1+width=0.25");
      await writeStudy("changed", "density-claims+lr=0.1+width=0.25", { seed: 2 });
      await writeStudy("runs", "density-claims", { preset: "smoke" });
      await writeStudy("runs", "mx-stages", { drawn: true });
      await writeStudy("runs", "density-claims@cats", { ownData: true });
      const { out } = await table("--runs", "runs");
      const left = (place: string, why: string) => {
        const line = `${join("runs", ...place.split("/"))} is left out: ${why}\n`;
        assert(out.includes(line), `${line}${out}`);
      };
      left("cent-digits-2/quick/seed-1", "not a published row");
      left("xent-mnist-2/paper/seed-1", "not finished: resume it");
      left("xent-mnist-2/quick/seed-2", "run on drawn images, not on the data set");
      left("xent-mnist-2/smoke/seed-1", "a few steps, which show only that it runs");
      left("density-claims/smoke/seed-1", "a few steps, which show only that it runs");
      left("mx-stages/quick/seed-1", "run on drawn images, not on the data set");
      left("density-claims@cats/quick/seed-1", "run on somebody's own images");
      left("kz-center@cats/quick/seed-1", "run on somebody's own images");
      assertEquals(names("results"), ["quick", "table.csv", "table.md"]);
      const run = ["config.json", "distances.csv", "metrics.csv", "summary.json", "timing.csv"];
      // Training maps are kept of the published table alone.
      const maps = ["train.gif", "val.gif"];
      const copied: [id: string, files: string[]][] = [
        ["arcface-mnist-2", [...run, "center_distances.csv", "centers.csv", "val.gif"]],
        ["cent-mnist-2", [...run, "center_distances.csv", "centers.csv", ...maps]],
        // The GIF ends with what panel.png shows.
        ["density-claims", ["claims.csv", "panel.gif", "study.json"]],
        ["kz-center", [...run, "center_distances.csv", "centers.csv", "val.gif"]],
        ["xent-mnist-2", [...run, "center_distances.csv", ...maps]],
      ];
      const ids = copied.map(([id]) => id);
      assertEquals(names("results/quick"), [...ids, "gap-2d.png", "separation.png"].sort());
      for (const [id, files] of copied) {
        assertEquals(names(`results/quick/${id}/seed-1`), files.sort());
      }
      // Pictures are kept of the first seed.
      const second = [...run, "center_distances.csv", "centers.csv"];
      assertEquals(names("results/quick/cent-mnist-2/seed-2"), second.sort());
      // A study of other numbers than the preset's lies beside it, and not in its place.
      const beside = "results/quick/density-claims+lr=0.1+width=0.25";
      await table("--runs", "changed");
      assertEquals(names(`${beside}/seed-1`), [
        "claims.csv",
        "panel.gif",
        "study.json",
      ]);
      assertEquals(names(`${beside}/seed-2`), ["claims.csv", "study.json"]);
      await Deno.remove(beside, { recursive: true });
    });

    await t.step("writes table, gallery and figure, rows in their order", async () => {
      const readme = await Deno.readTextFile("README.md");
      const page = await Deno.readTextFile(RESULTS);
      const rows = (await Deno.readTextFile("results/table.md")).trimEnd().split("\n").slice(2);
      assertEquals(rows.map((row) => row.split(/[| ]+/)[1]), ["xent-mnist-2", "cent-mnist-2"]);
      assert(rows[1].includes("0.7000 ± 0.0000"), rows[1]);
      for (const row of rows) assert(page.includes(row));
      assert(
        /\| MNIST, 2-D \| 0.7000 \(0.991\) quick +\| 0.7000 ± 0.0000 \(0.990\) quick, 2 seeds \|/
          .test(readme),
        readme,
      );
      const [, others] = /<!-- others:begin -->([^]*)<!-- others:end -->/.exec(page)!;
      const lines = others.trim().split("\n").slice(2).map(cellsOf);
      assertEquals(lines.map((line) => line.slice(0, 6)), [
        ["kz-center", "quick", "KaiyangZhou/pytorch-center-loss", "0.9851", "0.7000", "0.7000 (2)"],
        ["arcface-mnist-2", "quick", "our own", "-", "0.7000", "0.7000 (2)"],
      ]);
      const csv = await Deno.readTextFile("results/table.csv");
      assertEquals(csv.trimEnd().split("\n").map((line) => line.split(",")[0]), [
        ...["row", "xent-mnist-2", "cent-mnist-2", "kz-center", "arcface-mnist-2"],
      ]);
      for (const [text, to] of [[readme, ""], [page, "../"]]) {
        const image = `<img src="${to}results/quick/cent-mnist-2/seed-1/val.gif" width="260"`;
        assert(text.includes(image) && text.includes("<br>`cent-mnist-2`, quick"), text);
      }
      assert(page.includes("](../results/quick/separation.png)\n"), page);
      assert(/\| xent-mnist-2 \| quick +\| +1 and 2 \| +x 2.50 \|/.test(page), page);
      assert((await Deno.stat("results/quick/separation.png")).size > 1000);
      assertEquals((await table("--check")).result, 0);
    });

    await t.step("writes the numbers of a page of its own, where there is one", async () => {
      const page = (name: string) => join("docs", "experiments", `${name}.md`);
      await write(".", { [page("kz")]: "# kz\n" });
      await assertRejects(() => table(), RunError, `${page("kz")} has no place for the numbers`);
      const pages = ["kz", "density"].map(page);
      for (const path of pages) {
        await write(".", { [path]: `# it\n\n${marks(["outcome", "numbers", "verdicts"])}` });
      }
      await assertRejects(() => table("--check"), RunError, `${pages.join(", ")}: not`);
      const { out } = await table();
      assert(out.startsWith(pages.map((path) => `${path} is written\n`).join("")), out);
      assertEquals((await table("--check")).result, 0);
      assert((await Deno.readTextFile(page("kz"))).includes("**What came out**"));
      const linesOf = async (name: string, block = "numbers") =>
        (await Deno.readTextFile(page(name))).split(`<!-- ${block}:`)[1].split("\n")
          .filter((line) => line.startsWith("|")).map(cellsOf);
      const [, , row, ...more] = await linesOf("kz");
      assertEquals([row.slice(0, 3), more], [
        ["kz-center", "quick", "KaiyangZhou/pytorch-center-loss"],
        [],
      ]);
      // None of its rows has run, but its study is there: numbers with four digits that count.
      const [titles, , ...lines] = await linesOf("density");
      assertEquals([titles, ...lines], [
        ["row", "split", "value"],
        ["density", "train", "0.1235"],
        ["density", "test", "-"],
      ]);
      const link =
        "[density-claims, claims.csv](../../results/quick/density-claims/seed-1/claims.csv),";
      assert((await Deno.readTextFile(page("density"))).includes(link));
      // One seed shows, and does not prove: the row has run once, and its control has not.
      const verdicts = (await linesOf("kz", "verdicts")).slice(2);
      assertEquals(verdicts.map(([verdict]) => verdict), Array(3).fill("**cannot be told**"));
      assert(verdicts.every(([, claim]) => claim.endsWith("<br>No run tells it</sub>")));
      const losses = page("losses");
      await write(".", { [losses]: marks(["outcome", "figures", "strength", "verdicts"]) });
      await table();
      const gap = "results/quick/gap-2d.png", shown = await Deno.readTextFile(losses);
      assert(shown.includes(`(../../${gap})`) && !shown.includes("confusions-2d.png"), shown);
      assert((await Deno.stat(gap)).size > 1000);
    });

    await t.step("--check names what is stale, and writes nothing", async () => {
      for (const path of ["README.md", RESULTS, "results/table.md", "results/table.csv"]) {
        const text = await Deno.readTextFile(path), changed = text.replace("cent-mnist-2", "other");
        await Deno.writeTextFile(path, changed);
        const message = `${join(path)}: not up to date with results/; run deno task table`;
        await assertRejects(() => table("--check"), RunError, message);
        assertEquals(await Deno.readTextFile(path), changed);
        const { out } = await table();
        assert(out.startsWith(`${join(path)} is written\n5 results in results/: 1 of `), out);
        assert(/ texts changed; drawn anew: .*results.quick.separation\.png/.test(out), out);
        assertEquals(await Deno.readTextFile(path), text);
      }
      await Deno.remove("results/quick/separation.png");
      await assertRejects(() => table("--check"), RunError, "separation.png: not up to");
      await table();
      // A figure of results that went away goes with them; another file beside it stays.
      const gone = "results/quick/gap-128d.png", other = "results/quick/search.png";
      await write(".", { [gone]: "a figure", [other]: "a file" });
      await assertRejects(() => table("--check"), RunError, `${join(gone)}: not up to date`);
      assert(
        (await table()).out.startsWith(`${join(gone)} is deleted: no result has it any more\n`),
      );
      assert(!names("results/quick").includes("gap-128d.png"));
      await Deno.remove(other);
      // A number that changes makes all of it stale.
      const path = "results/quick/cent-mnist-2/seed-1/metrics.csv";
      await write(".", {
        [path]: (await Deno.readTextFile(path)).replace("2,0.7,0.8", "2,0.7,0.6"),
      });
      await assertRejects(() => table("--check"), RunError, `${join(RESULTS)}, `);
    });

    await t.step("refuses seeds of unlike settings", async () => {
      const path = "results/quick/cent-mnist-2/seed-2/config.json";
      const text = await Deno.readTextFile(path), config = JSON.parse(text);
      config.plan.recipe.batchSize = 99;
      await Deno.writeTextFile(path, JSON.stringify(config));
      const words =
        /^results.quick.cent-mnist-2 mixes settings \(batch size is \d+ in seed-1 and 99 in seed-2\): train/;
      const { message } = await assertRejects(() => table(), RunError);
      assert(words.test(message), message);
      await Deno.writeTextFile(path, text);
    });

    await t.step("names every damaged file, and writes nothing", async () => {
      const folder = (id: string) => join("results", "quick", id, "seed-1");
      const damaged: [path: string, text: string, message: string][] = [
        [
          join(folder("xent-mnist-2"), "metrics.csv"),
          "epoch\n1\n2\n",
          " has no column test_accuracy",
        ],
        [
          join(folder("cent-mnist-2"), "timing.csv"),
          "epoch,seconds\n1,NaN\n2,x\n",
          ', line 2: seconds is "NaN"; put the file back as it was written',
        ],
        [join(folder("density-claims"), "study.json"), '{"study":"../../x"}', " is no study (deno"],
        [join(folder("kz-center"), "config.json"), '{"plan":{}}', " is no config of a run"],
        [join("results/quick/cent-mnist-2/seed-2", "summary.json"), "{", " is no summary of a run"],
      ];
      const before = await Promise.all(damaged.map(([path]) => Deno.readTextFile(path)));
      const readme = await Deno.readTextFile("README.md");
      for (const [path, text] of damaged) await Deno.writeTextFile(path, text);
      const { result, err } = await printed(() => exitCode(main, []));
      assertEquals(result, 1);
      const lines = err.trimEnd().split("\n");
      assertEquals(lines.length, damaged.length);
      for (const [path, , message] of damaged) {
        assertEquals(lines.filter((line) => line.startsWith(path)).length, 1, err);
        assert(err.includes(path + message), err);
      }
      assertEquals(await Deno.readTextFile("README.md"), readme);
      for (const [i, [path]] of damaged.entries()) await Deno.writeTextFile(path, before[i]);
      const bench: [path: string, text: string, message: string][] = [
        [join("results", "bench", "a machine", "bench.json"), "[]", "is no benchmark"],
        [join("results", "bench", "peers.csv"), "program\nours\n", "has no column work"],
      ];
      for (const [path, text, message] of bench) {
        await write(".", { [path]: text });
        await assertRejects(() => table(), RunError, `${path} ${message}`);
        await Deno.remove(path);
      }
      await table();
    });

    await t.step("leaves README and pages as they are when the disk is full", async () => {
      const paths = [RESULTS, join("docs", "experiments", "kz.md"), "results/table.md"];
      for (const path of paths) {
        const text = await Deno.readTextFile(path);
        await Deno.writeTextFile(path, path.endsWith("table.md") ? "" : text.replace("kz-", "k-"));
      }
      const before = paths.map((path) => Deno.readTextFileSync(path)), { writeFile } = Deno;
      for (let full = 0; full < 3; full++) {
        let writes = 0;
        Deno.writeFile = (path, data, ...rest) => {
          if (writes++ < full) return writeFile(path, data, ...rest);
          throw new Error("No space left on device (os error 28)");
        };
        const message = "cannot be written (No space left on device (os error 28)): make room or";
        await assertRejects(() => table(), RunError, message)
          .finally(() => Deno.writeFile = writeFile);
        assertEquals(paths.map((path) => Deno.readTextFileSync(path)), before);
        assertEquals(names(".").filter((name) => name.endsWith(".part")), []);
      }
      assertEquals((await table()).result, 0);
      assertEquals((await table("--check")).result, 0);
    });

    await t.step("--runs names a damaged run, copies the others, and ends with 1", async () => {
      const ids = ["cent-fashion-mnist-2", "xent-fashion-mnist-2"];
      for (const id of ids) await writeRun("more", id);
      const [folder, other] = ids.map((id) => join("more", id, "quick", "seed-1"));
      await write(folder, { "curves.png": "IENDsums" });
      const config = JSON.parse(await Deno.readTextFile(join(folder, "config.json")));
      const away = JSON.stringify({ ...config, plan: { ...config.plan, id: "../../../away" } });
      const summary = '{"epochs":2,"last":0.9,"best":{"epoch":2,"accuracy":0.9}}';
      const byOther = summary.replaceAll("0.9", "0.8").replace("{", '{"scoring":"nearest-center",');
      const link = join(Deno.cwd(), "README.md");
      /** Texts in place of files; none where one is deleted, and a link where it says so. */
      type Damage = [name: string, text: string | undefined, message: string];
      const damage: Damage[] = [
        ["config.json", "{}", "is no config of a run"],
        ["config.json", undefined, "is not there"],
        [
          "config.json",
          away,
          'has values that cannot be used (plan.id is "../../../away"; it must',
        ],
        ["summary.json", '{"last":"x"}', "is no summary of a run"],
        ["summary.json", summary, "says other numbers than metrics"],
        ["summary.json", byOther, "says how the run ended by nearest"],
        ["val.gif", "", "is no whole figure"],
        ["val.gif", "a pict", "is no whole figure"],
        ["curves.png", "IENDsum", "is no whole figure"],
        // Links need a right of its own on Windows.
        ...(Deno.build.os === "windows"
          ? []
          : [["centers.csv", link, "is a link to somewhere else"] satisfies Damage]),
      ];
      for (const [name, text, message] of damage) {
        const path = join(folder, name), before = await Deno.readTextFile(path);
        await Deno.remove(path);
        if (text === link) await Deno.symlink(link, path);
        else if (text !== undefined) await Deno.writeTextFile(path, text);
        const { result, out, err } = await table("--runs", "more");
        assertEquals([result, err.trimEnd().split("\n").length], [1, 1], err);
        assert(err.startsWith(`${folder} is left out: ${path} ${message}`), err);
        assertMatch(
          out,
          new RegExp(`^${RegExp.escape(other)} (to results|is left out: results.* has it already)`),
        );
        if (text !== undefined) await Deno.remove(path);
        await Deno.writeTextFile(path, before);
      }
      assertEquals((await table("--runs", "more")).result, 0);
      await Deno.remove("more", { recursive: true });
    });

    await t.step("--runs leaves out runs that are not the row as it is", async () => {
      await writeRun("other", "cent-mnist-2", { flags: "--lambda 0.1", seed: 7 });
      // Whatever its folder is called.
      const hidden = join("other", "cent-mnist-2", "quick");
      await Deno.mkdir(join(hidden, ".."));
      await Deno.rename(join("other", "cent-mnist-2+weight-center=0.1", "quick"), hidden);
      await writeRun("other", "kz-center", { flags: "--epochs 1 --name short", seed: 7 });
      const before = contents("results"), { result, out } = await table("--runs", "other");
      assertEquals(result, 0);
      for (
        const line of [
          `${
            join(hidden, "seed-7")
          } is left out: not the row with preset quick: recipe.loss.weight is 0.1, not 1`,
          `${
            join("other", "kz-center+short", "quick", "seed-7")
          } is left out: not the row with preset quick: epochs is 1, not `,
        ]
      ) assert(out.includes(line), `${line}\n${out}`);
      assertEquals(contents("results"), before);
    });

    await t.step("--runs leaves what is there, but with --replace", async () => {
      await writeRun("again", "cent-mnist-2");
      const file = join("again", "cent-mnist-2", "quick", "seed-1", "timing.csv");
      await Deno.writeTextFile(file, "epoch,seconds\n1,11\n2,20\n");
      const to = join("results", "quick", "cent-mnist-2", "seed-1");
      const before = contents("results"), { result, err } = await table("--runs", "again");
      assertEquals(result, 1);
      assert(err.includes(`: ${to} holds another run, which stays: --replace puts this one`), err);
      assertEquals(contents("results"), before);
      // A run that is there by another name does not take the place of one that was copied a moment ago.
      await writeRun("again", "cent-mnist-2", { flags: "--name twin" });
      const twice = await table("--runs", "again", "--replace");
      assert(
        twice.out.includes(`${join("again", "cent-mnist-2", "quick", "seed-1")} to ${to}\n`),
        twice.out,
      );
      assert(
        twice.err.includes(
          `${join("again", "cent-mnist-2+twin", "quick", "seed-1")} is left out: ${to} holds`,
        ),
      );
      assertEquals(twice.result, 1);
      assertEquals(
        await Deno.readTextFile(join(to, "timing.csv")),
        await Deno.readTextFile(file),
      );
      await Deno.remove(join("again", "cent-mnist-2+twin"), { recursive: true });
      const same = await table("--runs", "again");
      assert(same.out.includes(`is left out: ${to} has it already\n`), same.out);
      assertEquals(same.result, 0);
    });

    await t.step("shows text of a config as text", async () => {
      const path = join("results", "quick", "xent-mnist-2", "seed-1", "config.json");
      const text = await Deno.readTextFile(path), adapter = "|<script>&|\n[a](b) `*_x_*` a_b";
      await Deno.writeTextFile(path, JSON.stringify({ ...JSON.parse(text), adapter }));
      await table();
      const shown = "\\|&lt;script&gt;&amp;\\|\\\\n\\[a\\](b) \\`\\*\\_x\\_\\*\\` a_b";
      for (const file of [RESULTS, "results/table.md"]) {
        assert((await Deno.readTextFile(file)).includes(`| ${shown} `), file);
      }
      await Deno.writeTextFile(path, text);
      await table();
    });

    await t.step("refuses results without their files, or in the wrong place", async () => {
      const folder = join("results", "quick", "xent-mnist-2", "seed-1");
      await Deno.rename(folder, join(folder, "..", "seed-3"));
      await assertRejects(
        () => table(),
        RunError,
        "holds a run of xent-mnist-2, preset quick, seed 1",
      );
      await Deno.rename(join(folder, "..", "seed-3"), folder);
      await Deno.remove(join(folder, "timing.csv"));
      await assertRejects(() => table(), RunError, `${folder} needs metrics.csv and timing.csv`);
      await Deno.remove(join(folder, "config.json"));
      await assertRejects(() => table(), RunError, `${folder} has no config.json of a run`);
    });

    await t.step("refuses what it does not know", async () => {
      await assertRejects(() => table("--runs", "x", "--check"), UsageError, "exclude each other");
      await assertRejects(() => table("--replace"), UsageError, "--replace is for --runs DIR");
      await assertRejects(() => table("--runs", "none"), RunError, "There are no runs in none");
    });
  } finally {
    Deno.chdir(home);
  }
});
