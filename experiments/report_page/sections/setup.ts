/** How a run was made: what differs from its row, its numbers, its config, the command that repeats it. */
import { asTaken, changes, readable } from "../../plan/differences.ts";
import { planOf } from "../../plan/plan.ts";
import { rowOf } from "../../rows/catalog.ts";
import type { Config } from "../../run_folder/config.ts";
import { figure } from "../charts.ts";
import { type Html, markup } from "../html.ts";
import { commandOf } from "../command.ts";
import type { RunView } from "../read_run.ts";

/** What differs from the row as it was published, the command, the numbers of all epochs, and the config. */
export function setupSection(run: RunView): Html {
  const { config, metrics } = run;
  const names = Object.keys(metrics[0]);
  return markup`
<section aria-labelledby="setup">
<h2 id="setup">How it was made</h2>
${differencesTable(config)}
<h3>The command that repeats it</h3>
<pre><code>${commandOf(config)}</code></pre>
<details><summary>Numbers of all epochs (metrics.csv)</summary>
<div class="scroll"><table class="data"><thead><tr>${
    names.map((name) => markup`<th scope="col" class="number">${words(name)}</th>`)
  }</tr></thead>
<tbody>${
    metrics.map((line) =>
      markup`<tr>${
        names.map((name) =>
          markup`<td class="number">${
            name === "epoch" ? line[name] : figure(Number(line[name] || NaN))
          }</td>`
        )
      }</tr>\n`
    )
  }</tbody></table></div></details>
<details><summary>Everything that decides it (config.json)</summary>
<pre><code>${JSON.stringify(config, null, 2)}</code></pre></details>
</section>`;
}

/** A table of what this run has in another way than its row. */
function differencesTable({ plan, counts }: Config): Html {
  const row = rowOf(plan.id);
  if (plan.file) {
    const { path, sha256 } = plan.file;
    return markup`<p class="note">A row of ${path}, whose SHA-256 was ${sha256}.</p>`;
  }
  if (!row) {
    return markup`<p class="note">${plan.id} is no row of this version, so there is nothing to compare it with.</p>`;
  }
  const all = changes(planOf(row, "paper"), asTaken(plan, counts)).filter(({ name }) =>
    !/^(preset|seed|id)$/.test(name)
  );
  if (all.length === 0) {
    return markup`<p>Nothing differs from the row${
      row.source ? " as it was published" : ""
    }, but perhaps the seed.</p>`;
  }
  return markup`<div class="scroll"><table class="data"><caption>What differs from the row${
    row.source ? ` as it was published (${row.source.repository})` : ""
  }</caption><thead><tr><th scope="col">setting</th><th scope="col" class="number">row</th><th scope="col" class="number">this run</th></tr></thead>
<tbody>${
    all.map(({ name, before, after }) =>
      markup`<tr><th scope="row">${words(name)}</th><td class="number">${
        valueOf(before, name)
      }</td><td class="number">${valueOf(after, name)}</td></tr>\n`
    )
  }</tbody></table></div>`;
}

/** `recipe.batchSize` and `batch_size` as words. */
function words(path: string): string {
  return path.replace(/^recipe\./, "").replaceAll(".", " ").replaceAll("_", " ")
    .replace(/[a-z][A-Z]/g, ([a, b]) => `${a} ${b.toLowerCase()}`);
}

function valueOf(json: string | undefined, name: string): string {
  if (json === undefined) return /^(train|test)Size$/.test(name) ? "all" : "-";
  return readable(json);
}
