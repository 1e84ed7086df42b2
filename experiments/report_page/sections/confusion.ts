/** Which classes were taken for which. */
import { numberIn } from "../../../src/base/csv_lines.ts";
import { percent } from "../../../src/base/format.ts";
import { type Html, markup } from "../html.ts";
import type { RunView } from "../read_run.ts";

/** More classes have a list of the pairs that are mixed up most, and no matrix. */
const MOST_IN_MATRIX = 20;
const LONGEST_LIST = 20;
/** Letters of all names together from which on columns have upright names, so that the page holds the matrix. */
const MOST_LETTERS = 90;
/** Shares of a class's samples from which on a cell is deeper coloured. */
const STEPS = [0, 0.01, 0.04, 0.12];

/** The matrix, or the pairs, with the accuracy of each class; nothing where the table is missing. */
export function confusionSection(run: RunView): Html | undefined {
  const { confusion, config: { plan } } = run;
  if (!confusion) return undefined;
  const { counts } = confusion, names = run.classNames;
  const few = names.length <= MOST_IN_MATRIX;
  return markup`
<section aria-labelledby="confusion">
<h2 id="confusion">Which classes are taken for which</h2>
<p class="note">Test images after the last epoch, by ${
    plan.scoring.replace("-", " ")
  }; rows are labels, columns what they were taken for.</p>
<div class="scroll">${few ? matrix(run, names, counts) : pairs(names, counts)}</div>
</section>`;
}

function matrix(run: RunView, names: readonly string[], counts: number[][]): Html {
  const right = classAccuracies(run);
  const letters = names.reduce((sum, name) => sum + name.length, 0);
  return markup`<table class="matrix${
    letters > MOST_LETTERS && " tall"
  }"><thead><tr><th scope="col">label</th>${
    names.map((name) => markup`<th scope="col"><span>${name}</span></th>`)
  }<th scope="col">right</th></tr></thead><tbody>${
    counts.map((row, k) => {
      const all = row.reduce((a, b) => a + b, 0);
      return markup`<tr><th scope="row"><span>${names[k]}</span></th>${
        row.map((count, j) => markup`<td class="${depth(count, all, k === j)}">${count}</td>`)
      }<td>${Number.isFinite(right[k]) ? percent(right[k], 1) : "-"}</td></tr>\n`;
    })
  }</tbody></table>`;
}

/** The class of a cell's colour. */
function depth(count: number, all: number, own: boolean): string {
  if (count === 0) return "h0";
  const share = count / all;
  if (own) return `own g${[0, 0.7, 0.9, 0.97].filter((step) => share >= step).length}`;
  return `h${STEPS.filter((step) => share > step).length}`;
}

function pairs(names: readonly string[], counts: number[][]): Html {
  const all = counts.flatMap((row, k) => row.map((count, j) => ({ k, j, count })))
    .filter(({ k, j, count }) => k !== j && count > 0).sort((a, b) => b.count - a.count);
  return markup`<table class="data"><caption>The ${
    Math.min(all.length, LONGEST_LIST)
  } pairs that are mixed up most</caption><thead><tr><th scope="col">label</th><th scope="col">taken for</th><th scope="col" class="number">images</th></tr></thead><tbody>${
    all.slice(0, LONGEST_LIST).map(({ k, j, count }) =>
      markup`<tr><td>${names[k]}</td><td>${names[j]}</td><td class="number">${count}</td></tr>\n`
    )
  }</tbody></table>`;
}

/** Test accuracies of the classes after the last epoch, by the row's own rule. */
function classAccuracies({ classAccuracy, config: { plan }, metrics }: RunView): number[] {
  const last = String(metrics.length), rule = `accuracy_by_${plan.scoring.replace("-", "_")}`;
  return classAccuracy.filter(({ epoch, split }) => epoch === last && split === "test")
    .map((line) => numberIn(line, rule));
}
