/** Pictures that only some rows ask for, from a folder as a run leaves it. */
import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { join } from "node:path";
import type { FigureOptions } from "../../../experiments/rows/experiment.ts";
import { Pictures } from "../../../experiments/draw/pictures.ts";
import { isThere } from "../../../src/base/files.ts";
import { LOSSES } from "../../../src/losses/table.ts";
import { printed } from "../../printed.ts";
import { diskTest } from "../../on_disk.ts";
import { framesOf } from "../gif_frames.ts";
import { linesOf } from "../run_folders.ts";
import { writeRunFolder } from "../written_folder.ts";

const SIZES = { dim: 2, epochs: 3, train: 20, test: 10 };

/** Draws a folder of a row with these figures. */
async function draw(
  directory: string,
  figures: FigureOptions,
  changes: Partial<typeof SIZES> & { centers?: string } = {},
) {
  const { centers, ...sizes } = changes;
  const written = await writeRunFolder(directory, { ...SIZES, ...sizes, figures });
  const { plan, folder, sets } = written;
  if (centers) await Deno.writeTextFile(folder.file("centers.csv"), centers);
  await new Pictures(plan, folder, sets).all(plan.epochs);
  const files = [...Deno.readDirSync(directory)].filter(({ isFile }) => isFile);
  return { ...written, names: files.map(({ name }) => name).sort() };
}

const USUAL = ["centers.csv", "curves.png", "train.gif", "train.png", "val.gif", "val.png"];

diskTest("extraFigures() draws nothing where the row asks for nothing", async (directory) => {
  const { names } = await draw(directory, {});
  assertEquals(names, USUAL);
  assertEquals((await draw(join(directory, "kept"), { predictions: true })).names, USUAL);
});

diskTest(
  "extraFigures() turns the surface once, in 60 frames, and shows it a frame an epoch",
  async (directory) => {
    const { names, folder } = await draw(directory, { surface: true });
    assertEquals(names, [...USUAL, "surface-epochs.gif", "surface.gif", "surface.png"].sort());
    assertEquals(framesOf(await Deno.readFile(folder.file("surface.gif"))), 60);
    assertEquals(framesOf(await Deno.readFile(folder.file("surface-epochs.gif"))), SIZES.epochs);
    // No surface over other than two dimensions.
    const { names: wide } = await draw(join(directory, "wide"), { surface: true }, { dim: 3 });
    assertEquals(wide.filter((name) => name.startsWith("surface")), []);
  },
);

diskTest(
  "extraFigures() says how sure the network is, and how often it is right",
  async (directory) => {
    const { names, folder } = await draw(directory, { reliability: true });
    assertEquals(names, [...USUAL, "calibration.csv", "reliability.png"].sort());
    const [header, values] = await linesOf(folder.file("calibration.csv"));
    assertEquals(header, ["accuracy", "mean_largest_probability", "expected_calibration_error"]);
    // Of ten test samples two are taken for the next class, at log-odds 0; the others are right at 1 to 4.
    const sure = [0, 1, 2, 3, 4].map((x) => 1 / (1 + Math.exp(-x)));
    const mean = sure.reduce((a, b) => a + b) / 5;
    const [accuracy, certainty, error] = values.map(Number);
    assertAlmostEquals(accuracy, 0.8, 1e-9);
    assertAlmostEquals(certainty, mean, 1e-6);
    const gaps = sure.map((p, i) => Math.abs(p - +(i > 0)) / 5);
    assert(error > 0 && error <= gaps.reduce((a, b) => a + b) + 1e-9, `${error}`);
  },
);

diskTest("extraFigures() correlates the centers' paths from three epochs on", async (directory) => {
  // Class 1 goes as class 0 does, class 2 the other way.
  const at = [1, 2, 3].flatMap((
    t,
  ) => [[t, 0, t * t, 7], [t, 1, 5 + 3 * t * t, 0], [t, 2, -t * t, t]]);
  const centers = ["epoch,class,x0,x1", ...at.map((line) => line.join()), ""].join("\n");
  const { names, folder } = await draw(directory, { correlation: true }, { centers });
  assertEquals(names, [...USUAL, "correlation.csv", "correlation.png"].sort());
  const [header, ...rows] = await linesOf(folder.file("correlation.csv"));
  assertEquals(header, ["center", "0", "1", "2"]);
  assertEquals(rows.map(([name]) => name), ["0", "1", "2"]);
  const wanted = [1, 1, -1, 1, 1, -1, -1, -1, 1];
  const found = rows.flatMap(([, ...values]) => values.map(Number));
  found.forEach((value, i) => assertAlmostEquals(value, wanted[i], 1e-6));
  // Steps that are all the same go with nothing.
  const { folder: even } = await draw(join(directory, "even"), { correlation: true });
  assertEquals((await linesOf(even.file("correlation.csv")))[1], ["0", "", "", ""]);
  const { names: few } = await draw(join(directory, "few"), { correlation: true }, { epochs: 2 });
  assertEquals(few, USUAL);
});

diskTest("extraFigures() draws directions where it is asked to", async (directory) => {
  for (
    const [dim, files, frames] of [
      [2, ["circle.gif", "circle.png"], { "circle.gif": 3 }],
      [3, ["sphere-epochs.gif", "sphere.gif", "sphere.png"], {
        "sphere.gif": 60,
        "sphere-epochs.gif": 3,
      }],
      [4, [], {}],
    ] as const
  ) {
    const place = join(directory, `${dim}`);
    const { plan, folder, sets } = await writeRunFolder(place, { ...SIZES, dim, figures: {} });
    const { out } = await printed(() =>
      new Pictures(plan, folder, sets, { angles: true }).all(plan.epochs)
    );
    const names = [...Deno.readDirSync(place)].map(({ name }) => name);
    assertEquals(names.filter((name) => /^(circle|sphere)/.test(name)).sort(), [...files]);
    for (const [name, count] of Object.entries(frames)) {
      assertEquals(framesOf(await Deno.readFile(join(place, name))), count);
    }
    assertEquals(out.includes("of two and of three features, not of 4"), dim === 4);
  }
});

diskTest("extraFigures() draws directions of each loss that sees them alone", async (directory) => {
  const { plan, folder, sets } = await writeRunFolder(directory, { ...SIZES, figures: {} });
  const circle = join(directory, "circle.gif");
  for (const [kind, drawn] of [["supcon", true], ["soft-triple", true], ["git", false]] as const) {
    const recipe = { ...plan.recipe, loss: LOSSES[kind].start };
    await new Pictures({ ...plan, recipe }, folder, sets).all(plan.epochs);
    assertEquals(await isThere(circle), drawn, kind);
    if (drawn) await Deno.remove(circle);
  }
});

diskTest(
  "Pictures points out samples where the row asks for it, and keeps to its axes",
  async (directory) => {
    const highlights: FigureOptions["highlights"] = ["most-certain", "least-certain"];
    const { folder, names } = await draw(join(directory, "dots"), { highlights });
    const gifs = highlights.flatMap((name) => [`train-${name}.gif`, `val-${name}.gif`]);
    assertEquals(names, [...USUAL, ...gifs].sort());
    const read = (name: string) => Deno.readFileSync(folder.file(name));
    const dots = ["val.gif", "val-most-certain.gif", "val-least-certain.gif"].map(read);
    assertEquals(dots.map(framesOf), [3, 3, 3]);
    assertEquals(new Set(dots.map((bytes) => bytes.join())).size, 3);
    const png = async (name: string, figures: FigureOptions) => {
      const { folder } = await draw(join(directory, name), figures);
      return await Deno.readFile(folder.file("val.png"));
    };
    const plain = read("val.png");
    assertEquals(await png("kept", { predictions: true }), plain);
    assertNotEquals(await png("fixed", { range: 8 }), plain);
  },
);
