/** A table of runs: in what they differ, and what came out. */
import { percent } from "../../../src/base/format.ts";
import { sortedJson } from "../../../src/base/json.ts";
import { figure } from "../charts.ts";
import { type Html, markup } from "../html.ts";
import { accuracyOf, bestOf, type Rule, rulesOf, type RunView } from "../read_run.ts";
import { betweenCenters, withinClasses } from "../separation.ts";
import { settingsOf } from "../settings.ts";
import { publishedOf } from "./header.ts";

/** A line a run; of runs that differ in their seed alone one line, with mean and deviation. */
export function outcomeTable(runs: readonly RunView[], names: readonly string[]): Html {
  const groups = [...Map.groupBy(runs, withoutSeed).values()];
  const seeds = groups.some((own) => own.length > 1);
  const settings = settingsOf(runs).filter(({ name }) => name !== "seed" || !seeds);
  const rules = (["logit", "nearest-center"] as const)
    .filter((rule) => runs.some((run) => rulesOf(run).includes(rule)));
  const published = runs.some(({ config }) => publishedOf(config) !== undefined);
  const cell = (text: string) => markup`<td class="number">${text}</td>`;
  return markup`<div class="scroll"><table class="data"><thead><tr><th scope="col">run</th>${
    settings.map(({ name }) => markup`<th scope="col" class="number">${name}</th>`)
  }${seeds && markup`<th scope="col" class="number">seeds</th>`}${
    rules.map((rule) =>
      markup`<th scope="col" class="number">test accuracy by ${rule.replace("-", " ")}</th>`
    )
  }<th scope="col" class="number">best (epoch)</th>${
    published && markup`<th scope="col" class="number">published</th>`
  }<th scope="col" class="number">epochs</th><th scope="col" class="number">between / within</th></tr></thead><tbody>${
    groups.map((own) => {
      const [run] = own, i = runs.indexOf(run), { plan } = run.config;
      const best = bestOf(run), source = publishedOf(run.config);
      const apart = (it: RunView) => betweenCenters(it).at(-1)! / withinClasses(it, "test").at(-1)!;
      return markup`<tr><th scope="row">${seeds ? plan.id : names[i]}</th>${
        settings.map(({ values }) => cell(values[i]))
      }${seeds && cell(String(own.length))}${rules.map((rule) => cell(meanOf(own, rule)))}${
        cell(
          own.length > 1
            ? spreadOf(own.map((it) => bestOf(it).accuracy))
            : `${percent(best.accuracy)} (${best.epoch})`,
        )
      }${published && cell(source ? percent(source.accuracy) : "-")}${
        cell(
          run.metrics.length < plan.epochs
            ? `${run.metrics.length} of ${plan.epochs}`
            : String(plan.epochs),
        )
      }${cell(figure(own.reduce((sum, it) => sum + apart(it), 0) / own.length))}</tr>\n`;
    })
  }</tbody></table></div>${
    seeds && markup`<p class="note">Means over seeds ± deviation of the sample.</p>`
  }`;
}

function withoutSeed({ config: { plan } }: RunView): string {
  const { seed: _, summary: __, source: ___, ...rest } = plan;
  return sortedJson(rest);
}

function meanOf(runs: readonly RunView[], rule: Rule): string {
  const values = runs.map((run) => accuracyOf(run, rule));
  return values.some(Number.isNaN) ? "-" : spreadOf(values);
}

/** The mean, with the deviation of the sample where there are several values. */
function spreadOf(values: readonly number[]): string {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (values.length - 1));
  return values.length > 1 ? `${percent(mean)} ± ${(100 * deviation).toFixed(2)}` : percent(mean);
}
