/** A table of runs: in what they differ, and what came out. */
import { percent } from "../../src/base/format.ts";
import type { Comparison } from "../compare/comparison.ts";
import { textTable, WORDS } from "../compare/comparison_table.ts";
import { type Html, markup } from "../report_page/html.ts";
import { publishedOf } from "../report_page/sections/header.ts";

/** A line a run; of runs that differ in their seed alone one line, with mean and deviation. */
export function outcomeTable(comparison: Comparison): Html {
  const { titles, right, lines } = textTable(comparison);
  const sources = comparison.groups.map(({ runs: [run] }) => publishedOf(run.config));
  const shown = sources.some((it) => it !== undefined);
  const sideOf = (title: string) => right.includes(title) ? "number" : "text";
  return markup`<div class="scroll"><table class="data"><thead><tr>${
    titles.map((title) => markup`<th scope="col" class="${sideOf(title)}">${title}</th>`)
  }${shown && markup`<th scope="col" class="number">published</th>`}</tr></thead><tbody>${
    lines.map((cells, i) =>
      markup`<tr>${cells.map((cell, k) => markup`<td class="${sideOf(titles[k])}">${cell}</td>`)}${
        shown && markup`<td class="number">${sources[i] ? percent(sources[i].accuracy) : "-"}</td>`
      }</tr>\n`
    )
  }</tbody></table></div>
<p class="note">${WORDS}.</p>`;
}
