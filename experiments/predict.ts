// deno-lint-ignore-file no-console
/** `deno task predict RUN IMAGE...`: classifies pictures by a run's network. */
import { mainOf, runCli } from "../cli/run_cli.ts";
import type { UnlabelledImages } from "../data/formats/csv.ts";
import { csvOf } from "../src/base/csv.ts";
import { percent } from "../src/base/format.ts";
import { meanOf } from "../src/base/averages.ts";
import { printable } from "../src/base/printable.ts";
import { openGpu } from "../src/gpu/device.ts";
import { PREDICT, predictTask } from "./flags/predict.ts";
import { openRun } from "./run_folder/opened/open_run.ts";
import type { Prediction } from "./run_folder/opened/predictions.ts";
import { type Open, sayAdapter } from "./runner/run_device.ts";

/** Of more classes the table has the nearest centers only. */
const MOST_COLUMNS = 10, NEAREST = 3;
/** Above it, the mean of pixels says that there is more paper than ink. */
const LIGHT = 127.5;

/** Runs the command. */
export const main = mainOf(PREDICT, async (given, open: Open = openGpu) => {
  const task = predictTask(given), { checkpoint, csv, json, invert } = task;
  using gpu = await open({ adapter: task.adapter });
  const table = !csv && !json;
  using run = await openRun(task.run, { checkpoint });
  const images = await run.read(...task.images);
  if (table) sayAdapter(gpu);
  if (invert) images.images.forEach((value, i) => images.images[i] = 255 - value);
  else if (table && run.lightOnDark && meanOf(images.images) > LIGHT) {
    console.log("These images are dark on light, and the run's were light on dark: try --invert");
  }
  if (table && run.withoutDistances) {
    console.log(printable(`Distances are left out: ${run.withoutDistances}`));
  }
  const found = await run.predict(images), names = namesOf(images);
  if (json) console.log(jsonText(names, found, run.classNames));
  else if (csv) console.log(csvTable(names, found, run.classNames).trimEnd());
  else textTable(names, found, run.classNames).forEach((line) => console.log(line));
  return 0;
});

/** What the images are called: their paths, the ids of the file, or the numbers of its lines without a header, from 1. */
function namesOf({ count, ids }: UnlabelledImages): string[] {
  return ids?.values ?? Array.from({ length: count }, (_, i) => String(i + 1));
}

function csvTable(
  names: readonly string[],
  found: readonly Prediction[],
  classNames: readonly string[],
): string {
  const header = ["image", "class", "probability"];
  return csvOf(
    [...header, ...classNames.map((name) => `distance_to_${name}`)],
    found.map(({ class: name, probability, distances }, i) => [
      ...[names[i], name, probability],
      ...classNames.map((_, k) => distances?.[k]),
    ]),
  );
}

/** A list with a line for each image. */
function jsonText(
  names: readonly string[],
  found: readonly Prediction[],
  classNames: readonly string[],
): string {
  const lines = found.map(({ class: name, probability = null, distances: of }, i) => {
    const distances = of ? classNames.map((name, k) => ({ class: name, distance: of[k] })) : null;
    return JSON.stringify({ image: names[i], class: name, probability, distances });
  });
  return `[\n${lines.join(",\n")}\n]`;
}

/** The same for a reader: numbers rounded, of many classes the nearest centers. */
function textTable(
  names: readonly string[],
  found: readonly Prediction[],
  classNames: readonly string[],
): string[] {
  const every = classNames.length <= MOST_COLUMNS;
  const rows = found.map(({ class: name, probability, distances }, i) => [
    printable(names[i]),
    printable(name),
    probability === undefined ? "-" : percent(probability),
    ...every
      ? classNames.map((_, k) => distances ? rounded(distances[k]) : "-")
      : [nearestOf(distances, classNames)],
  ]);
  const header = ["image", "class", "probability", ...every ? classNames.map(printable) : [""]];
  if (every) header[3] = `distance to ${header[3]}`;
  else header[3] = "nearest centers";
  const all = [header, ...rows];
  const widths = header.map((_, k) => all.reduce((most, row) => Math.max(most, row[k].length), 0));
  return all.map((row) =>
    row.map((cell, k) =>
      k < 2 || !every && k > 2 ? cell.padEnd(widths[k]) : cell.padStart(widths[k])
    )
      .join("  ").trimEnd()
  );
}

function nearestOf(distances: Float32Array | undefined, classNames: readonly string[]): string {
  const order = [...(distances ?? []).keys()].filter((k) => !Number.isNaN(distances![k]))
    .sort((a, b) => distances![a] - distances![b]);
  const near = order.slice(0, NEAREST).map((k) =>
    `${printable(classNames[k])} ${rounded(distances![k])}`
  );
  return near.join(", ") || "-";
}

function rounded(distance: number): string {
  return Number.isNaN(distance) ? "-" : distance.toPrecision(3);
}

if (import.meta.main) await runCli(main);
