/** `deno task table`: what it copies, writes and checks, in a folder of its own. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { CATALOG } from "../../experiments/rows/catalog.ts";
import { planOf, type Preset } from "../../experiments/plan/plan.ts";
import { withBlock } from "../../experiments/report/block.ts";
import { main } from "../../experiments/table.ts";
import { exitCode } from "../../cli/run_cli.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { defaultTiles } from "../../src/gpu/tiles/tiles.ts";
import { granted } from "../permissions.ts";
import { printed } from "../printed.ts";

const MARKS = ["results", "others", "gallery", "separation", "speed", "peers"].map((name) =>
  `<!-- ${name}:begin -->\n<!-- ${name}:end -->\n`
).join("\n");

/** Writes what a finished run leaves, as far as the command reads it. */
async function writeRun(
  out: string,
  { id, preset = "quick", seed = 1, ...more }: {
    id: string;
    preset?: Preset;
    seed?: number;
    drawn?: boolean;
    finished?: boolean;
    ownData?: boolean;
  },
) {
  const own = more.ownData && { dataset: "cats", ownData: { source: "folder:cats" } };
  const folder = join(out, own ? `${id}@cats` : id, preset, `seed-${seed}`);
  await Deno.mkdir(join(folder, "features"), { recursive: true });
  const write = (name: string, text: string) => Deno.writeTextFile(join(folder, name), text);
  const config = {
    plan: { ...planOf(CATALOG.get(id)!, preset), ...own, seed },
    tiles: defaultTiles({ software: true, subgroupSize: 8 } as never),
    adapter: "an adapter",
    ...(more.drawn && { drawn: true }),
  };
  await write("config.json", JSON.stringify(config));
  const rules = ["test_accuracy_by_logit", "test_accuracy_by_nearest_center"];
  await write(
    "metrics.csv",
    `epoch,${rules},train_accuracy_by_nearest_center\n1,0.5,0.6,0.7\n2,0.7,0.8,0.9\n`,
  );
  await write("timing.csv", "epoch,seconds\n1,10\n2,20\n");
  await write("center_distances.csv", "epoch,class_a,class_b,distance\n1,0,1,2\n2,0,1,5\n");
  const samples = "epoch,split,class,samples,mean_squared_distance\n1,train,0,5,4\n2,train,0,5,1\n";
  await write("distances.csv", samples);
  for (const name of ["steps.csv", "features/epoch-001.npy"]) await write(name, name);
  await write("val.gif", "a picture;");
  await write("centers.csv", "0".repeat(id.startsWith("xent") ? 200_000 : 100));
  if (more.finished !== false) {
    await write("summary.json", '{"epochs":2,"last":0.7,"best":{"epoch":2,"accuracy":0.7}}');
  }
}

/** Writes what a study leaves. */
async function writeStudy(
  out: string,
  { name, preset = "quick", drawn = false, ...more }: {
    name: string;
    preset?: Preset;
    drawn?: boolean;
    ownData?: boolean;
  },
) {
  const folder = join(out, name, preset, "seed-1");
  await Deno.mkdir(folder, { recursive: true });
  const runs = [{ id: "density-max", drawn: false }, { id: "density-softmax", drawn }];
  const config = { study: name.split("@")[0], preset, seed: 1, ...more, runs };
  await Deno.writeTextFile(join(folder, "study.json"), JSON.stringify(config));
  const claims = "row,split,value\ndensity-max,train,0.123456\ndensity-max,test,\n";
  await Deno.writeTextFile(join(folder, "claims.csv"), claims);
  for (const file of ["notes.txt", "x.png.part"]) {
    await Deno.writeTextFile(join(folder, file), file);
  }
  await Deno.writeTextFile(join(folder, "panel.png"), "a picture, IENDsums");
  await Deno.writeTextFile(join(folder, "panel.gif"), "a picture;");
}

Deno.test("deno task table", async (t) => {
  if (!await granted("read", "write")) return;
  const home = Deno.cwd();
  const root = await Deno.makeTempDir();
  Deno.chdir(root);
  const table = (...args: string[]) => printed(() => main(args));
  try {
    await t.step("refuses a README without a place for it", async () => {
      await Deno.writeTextFile("README.md", "# No marks\n");
      await assertRejects(() => table(), RunError, "README.md has no place for the results");
      await Deno.writeTextFile("README.md", `# Numbers\n\n${MARKS}`);
    });

    await t.step("works where there are no results yet", async () => {
      assertEquals((await table()).result, 0);
      assertEquals((await table("--check")).result, 0);
      const readme = await Deno.readTextFile("README.md");
      assert(readme.includes("No results are in the repository yet."), readme);
    });

    await t.step("--runs copies what is small of finished runs of published rows", async () => {
      await writeRun("runs", { id: "cent-mnist-2" });
      await writeRun("runs", { id: "cent-mnist-2", seed: 2 });
      await writeRun("runs", { id: "xent-mnist-2" });
      await writeRun("runs", { id: "xent-mnist-2", preset: "paper", finished: false });
      await writeRun("runs", { id: "xent-mnist-2", seed: 2, drawn: true });
      await writeRun("runs", { id: "xent-mnist-2", preset: "smoke" });
      await writeRun("runs", { id: "cent-digits-2" });
      await writeRun("runs", { id: "kz-center" });
      await writeRun("runs", { id: "kz-center", ownData: true });
      await writeStudy("runs", { name: "density" });
      await writeStudy("runs", { name: "density", preset: "smoke" });
      await writeStudy("runs", { name: "mx-stages", drawn: true });
      await writeStudy("runs", { name: "density@cats", ownData: true });
      const { out } = await table("--runs", "runs");
      const left = (place: string, why: string) => {
        const line = `${join("runs", ...place.split("/"))} is left out: ${why}\n`;
        assert(out.includes(line), `${line}${out}`);
      };
      left("cent-digits-2/quick/seed-1", "not a published row");
      left("xent-mnist-2/paper/seed-1", "not finished: resume it");
      left("xent-mnist-2/quick/seed-2", "run on drawn images, not on the data set");
      left("xent-mnist-2/smoke/seed-1", "a few steps, which show only that it runs");
      left("density/smoke/seed-1", "a few steps, which show only that it runs");
      left("mx-stages/quick/seed-1", "run on drawn images, not on the data set");
      left("density@cats/quick/seed-1", "run on somebody's own images");
      left("kz-center@cats/quick/seed-1", "run on somebody's own images");
      assertEquals([...Deno.readDirSync("results")].map(({ name }) => name).sort(), [
        ...["quick", "table.csv", "table.md"],
      ]);
      const names = (id: string) =>
        [...Deno.readDirSync(`results/quick/${id}/seed-1`)].map(({ name }) => name).sort();
      const small = ["config.json", "distances.csv", "metrics.csv", "summary.json", "timing.csv"];
      const both = [...small, "center_distances.csv", "val.gif"].sort();
      assertEquals(names("cent-mnist-2"), [...both, "centers.csv"].sort());
      assertEquals(names("xent-mnist-2"), both);
      assertEquals(names("density"), ["claims.csv", "panel.gif", "panel.png", "study.json"]);
      assertEquals([...Deno.readDirSync("results/quick")].map(({ name }) => name).sort(), [
        ...["cent-mnist-2", "density", "kz-center", "separation-mnist-2.png", "xent-mnist-2"],
      ]);
    });

    await t.step("writes table, gallery and figure, rows in their order", async () => {
      const readme = await Deno.readTextFile("README.md");
      const rows = (await Deno.readTextFile("results/table.md")).trimEnd().split("\n").slice(2);
      assertEquals(rows.map((row) => row.split(/[| ]+/)[1]), ["xent-mnist-2", "cent-mnist-2"]);
      assert(rows[1].includes("0.7000 ± 0.0000"), rows[1]);
      for (const row of rows) assert(readme.includes(row));
      const [, others] = /<!-- others:begin -->([^]*)<!-- others:end -->/.exec(readme)!;
      const lines = others.trim().split("\n").slice(2).map((line) =>
        line.split("|").map((it) => it.trim())
      );
      assertEquals(lines.map((line) => line.slice(1, 7)), [
        ["kz-center", "quick", "KaiyangZhou/pytorch-center-loss", "-", "0.7000", "0.7000 (2)"],
      ]);
      const csv = await Deno.readTextFile("results/table.csv");
      assertEquals(csv.trimEnd().split("\n").map((line) => line.split(",")[0]), [
        ...["row", "xent-mnist-2", "cent-mnist-2", "kz-center"],
      ]);
      const image = '<img src="results/quick/cent-mnist-2/seed-1/val.gif" width="260"';
      assert(readme.includes(image) && readme.includes("<br>`cent-mnist-2`, quick"), readme);
      assert(readme.includes("](results/quick/separation-mnist-2.png)\n"), readme);
      assert(readme.replaceAll("\n", " ").includes("factor of 2.50 under `xent-mnist-2`"), readme);
      assert((await Deno.stat("results/quick/separation-mnist-2.png")).size > 1000);
      assertEquals((await table("--check")).result, 0);
    });

    await t.step("writes the numbers of a page of its own, where there is one", async () => {
      const page = (name: string) => join("docs", "experiments", `${name}.md`);
      await Deno.mkdir(join("docs", "experiments"), { recursive: true });
      await Deno.writeTextFile(page("kz"), "# kz\n");
      await assertRejects(() => table(), RunError, `${page("kz")} has no place for the numbers`);
      const marks = "<!-- numbers:begin -->\n<!-- numbers:end -->\n";
      for (const name of ["kz", "density"]) {
        await Deno.writeTextFile(page(name), `# it\n\n${marks}`);
      }
      await assertRejects(
        () => table("--check"),
        RunError,
        `${page("kz")}, ${page("density")}: not`,
      );
      assertEquals(
        (await table()).out,
        `${page("kz")} is written\n${page("density")} is written\n`,
      );
      assertEquals((await table("--check")).result, 0);
      const cellsOf = async (name: string) =>
        (await Deno.readTextFile(page(name))).split("\n").filter((line) => line.startsWith("|"))
          .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
      const [, , row, ...more] = await cellsOf("kz");
      assertEquals([row.slice(0, 3), more], [
        ["kz-center", "quick", "KaiyangZhou/pytorch-center-loss"],
        [],
      ]);
      // None of its rows has run, but its study is there: numbers with four digits that count.
      const [titles, , ...lines] = await cellsOf("density");
      assertEquals([titles, ...lines], [
        ["row", "split", "value"],
        ["density-max", "train", "0.1235"],
        ["density-max", "test", "-"],
      ]);
      assert((await Deno.readTextFile(page("density"))).includes(
        "[density, claims.csv](../../results/quick/density/seed-1/claims.csv), preset quick:",
      ));
    });

    await t.step("--check names what is stale, and writes nothing", async () => {
      for (const path of ["README.md", "results/table.md", "results/table.csv"]) {
        const text = await Deno.readTextFile(path);
        const changed = text.replace("cent-mnist-2", "cent-mnist-3");
        await Deno.writeTextFile(path, changed);
        const message = `${path}: not up to date with results/; run deno task table`;
        await assertRejects(() => table("--check"), RunError, message);
        assertEquals(await Deno.readTextFile(path), changed);
        assertEquals((await table()).out, `${path} is written\n`);
        assertEquals(await Deno.readTextFile(path), text);
      }
      await Deno.remove("results/quick/separation-mnist-2.png");
      await assertRejects(() => table("--check"), RunError, "separation-mnist-2.png: not up to");
      await table();
      // A number that changes makes all of it stale.
      const path = "results/quick/cent-mnist-2/seed-1/metrics.csv";
      await Deno.writeTextFile(
        path,
        (await Deno.readTextFile(path)).replace("2,0.7,0.8", "2,0.7,0.6"),
      );
      await assertRejects(() => table("--check"), RunError, "README.md, ");
    });

    await t.step("names every damaged file, and writes nothing", async () => {
      const folder = (id: string) => join("results", "quick", id, "seed-1");
      const damaged: [path: string, text: string, message: string][] = [
        [
          join(folder("xent-mnist-2"), "metrics.csv"),
          "epoch\n1\n2\n",
          "has no column test_accuracy",
        ],
        [
          join(folder("cent-mnist-2"), "timing.csv"),
          "epoch,seconds\n1,NaN\n2,x\n",
          ', line 2: seconds is "NaN"; it must be a number',
        ],
        [
          join(folder("density"), "study.json"),
          '{"study":"../../x"}',
          "is no study (deno task exp",
        ],
        [join(folder("kz-center"), "config.json"), '{"plan":{}}', "is no config of a run"],
        [join("results/quick/cent-mnist-2/seed-2", "summary.json"), "{", "is no summary of a run"],
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
        assert(err.includes(`${path}${/^,/.test(message) ? "" : " "}${message}`), err);
      }
      assertEquals(await Deno.readTextFile("README.md"), readme);
      for (const [i, [path]] of damaged.entries()) await Deno.writeTextFile(path, before[i]);
      await Deno.mkdir(join("results", "bench", "a machine"), { recursive: true });
      for (
        const [path, text, message] of [
          [join("results", "bench", "a machine", "bench.json"), "[]", "is no benchmark"],
          [join("results", "bench", "peers.csv"), "program\nours\n", "has no column work"],
        ]
      ) {
        await Deno.writeTextFile(path, text);
        await assertRejects(() => table(), RunError, `${path} ${message}`);
        await Deno.remove(path);
      }
      await table();
    });

    await t.step("leaves README and pages as they are when the disk is full", async () => {
      const paths = ["README.md", join("docs", "experiments", "kz.md"), "results/table.md"];
      const marked = (path: string, text: string) =>
        path.startsWith("results") ? "old" : text.replace("kz-center", "kz-old");
      for (const path of paths) {
        await Deno.writeTextFile(path, marked(path, await Deno.readTextFile(path)));
      }
      const before = paths.map((path) => Deno.readTextFileSync(path));
      const { writeFile } = Deno;
      for (let full = 0; full < 3; full++) {
        let writes = 0;
        Deno.writeFile = async (path, data, ...rest) => {
          if (writes++ < full) return await writeFile(path, data, ...rest);
          await writeFile(path, (data as Uint8Array<ArrayBuffer>).subarray(0, 9), ...rest);
          throw new Error("No space left on device (os error 28)");
        };
        try {
          const message = "cannot be written (No space left on device (os error 28)): make room or";
          await assertRejects(() => table(), RunError, message);
        } finally {
          Deno.writeFile = writeFile;
        }
        assertEquals(paths.map((path) => Deno.readTextFileSync(path)), before);
        const parts = [...Deno.readDirSync(".")].filter(({ name }) => name.endsWith(".part"));
        assertEquals(parts, []);
      }
      assertEquals((await table()).result, 0);
      assertEquals((await table("--check")).result, 0);
    });

    await t.step("--runs names a damaged run, copies the others, and ends with 1", async () => {
      await writeRun("more", { id: "cent-mnist-2", seed: 5 });
      await writeRun("more", { id: "xent-mnist-2", seed: 5 });
      const folder = join("more", "cent-mnist-2", "quick", "seed-5");
      const refuse = async (name: string, act: () => Promise<void>, message: string) => {
        const text = await Deno.readTextFile(join(folder, name));
        await act();
        const { result, out, err } = await table("--runs", "more");
        assertEquals(result, 1);
        assertEquals(err.trimEnd().split("\n").length, 1, err);
        assert(err.startsWith(`${folder} is left out: ${join(folder, name)} ${message}`), err);
        assert(out.includes(`${join("more", "xent-mnist-2", "quick", "seed-5")} to results`), out);
        await Deno.remove(join(folder, name)).catch(() => {});
        await Deno.writeTextFile(join(folder, name), text);
      };
      const write = (name: string, text: string) => () =>
        Deno.writeTextFile(join(folder, name), text);
      await refuse("config.json", write("config.json", "{}"), "is no config of a run");
      await refuse("config.json", () => Deno.remove(join(folder, "config.json")), "is not there");
      await refuse("summary.json", write("summary.json", '{"last":"x"}'), "is no summary of a run");
      const other = '{"epochs":2,"last":0.9,"best":{"epoch":2,"accuracy":0.9}}';
      await refuse("summary.json", write("summary.json", other), "says other numbers than metrics");
      const byOther =
        '{"scoring":"nearest-center","epochs":2,"last":0.8,"best":{"epoch":2,"accuracy":0.8}}';
      await refuse(
        "summary.json",
        write("summary.json", byOther),
        "says how the run ended by nearest",
      );
      await refuse("val.gif", write("val.gif", ""), "is no whole figure");
      await refuse("val.gif", write("val.gif", "a pict"), "is no whole figure");
      await Deno.writeTextFile(join(folder, "curves.png"), "IENDsums");
      await refuse("curves.png", write("curves.png", "IENDsum"), "is no whole figure");
      await refuse("centers.csv", async () => {
        await Deno.remove(join(folder, "centers.csv"));
        await Deno.symlink(join(Deno.cwd(), "README.md"), join(folder, "centers.csv"));
      }, "is a link to somewhere else");
      const config = JSON.parse(await Deno.readTextFile(join(folder, "config.json")));
      const away = { ...config, plan: { ...config.plan, id: "../../../away" } };
      const name = 'has values that cannot be used (plan.id is "../../../away"; it must be a plain';
      await refuse("config.json", write("config.json", JSON.stringify(away)), name);
      assertEquals((await table("--runs", "more")).result, 0);
      await Deno.remove("more", { recursive: true });
    });

    await t.step("refuses a damaged summary, with --check, too", async () => {
      const path = join("results", "quick", "xent-mnist-2", "seed-1", "summary.json");
      const text = await Deno.readTextFile(path);
      for (const other of ["{", "[]", text.replace("0.7", '"0.7"'), text.replace("0.7", "0.8")]) {
        await Deno.writeTextFile(path, other);
        for (const flags of [[], ["--check"]]) {
          await assertRejects(() => table(...flags), RunError, `${path} `);
        }
      }
      await Deno.writeTextFile(path, text);
    });

    await t.step("shows text of a config as text", async () => {
      const path = join("results", "quick", "xent-mnist-2", "seed-1", "config.json");
      const text = await Deno.readTextFile(path), adapter = "|<script>&|\n[a](b) `*_x_*` a_b";
      await Deno.writeTextFile(path, JSON.stringify({ ...JSON.parse(text), adapter }));
      await table();
      const shown = "\\|&lt;script&gt;&amp;\\|\\\\n\\[a\\](b) \\`\\*\\_x\\_\\*\\` a_b";
      for (const file of ["README.md", "results/table.md"]) {
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
      await assertRejects(() => table("--runs", "none"), RunError, "There are no runs in none");
    });
  } finally {
    Deno.chdir(home);
  }
  await Deno.remove(root, { recursive: true });
});

Deno.test("withBlock() replaces what stands between the marks, and no more", () => {
  const readme = "a\n\n<!-- results:begin -->\n\nold\n\n<!-- results:end -->\n\nb\n";
  const once = withBlock(readme, "results", ["new"]);
  assertEquals(once, readme.replace("old", "new"));
  assertEquals(withBlock(once, "results", ["new"]), once);
});
