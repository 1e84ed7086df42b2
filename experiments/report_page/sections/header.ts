/** The head of a run's page: what was run, what came out, beside what was published. */
import { titleOfSet } from "../../../data/sets/facts.ts";
import { percent } from "../../../src/base/format.ts";
import { objectiveOf } from "../../../src/losses/objective.ts";
import type { Plan } from "../../plan/plan.ts";
import { ownOf } from "../../plan/variant.ts";
import { rowOf } from "../../rows/catalog.ts";
import { adapterName, type Config } from "../../run_folder/config.ts";
import { type Html, markup } from "../html.ts";
import { accuracyOf, bestOf, rulesOf, type RunView } from "../read_run.ts";
import { titleOf } from "../titles.ts";

/** Name, summary, figures and facts. */
export function header(run: RunView): Html {
  const { config: { plan, drawn }, metrics } = run;
  const finished = metrics.length < plan.epochs
    ? `after epoch ${metrics.length} of ${plan.epochs}`
    : `after ${plan.epochs} epochs`;
  const chips = [
    `preset ${plan.preset}`,
    `seed ${plan.seed}`,
    metrics.length < plan.epochs && `${run.failed ? "failed" : "stopped"} ${finished}`,
    drawn && `drawn digits in place of ${titleOfSet(plan.dataset)}`,
  ].filter((it) => it !== false);
  return markup`<header>
<h1>${titleOf(run.config)}</h1>
<p class="lead">${leadOf(plan)}</p>
<ul class="chips">${chips.map((chip) => markup`<li>${chip}</li>`)}</ul>
<dl class="figures">${figuresOf(run, finished)}</dl>
<dl class="facts">${
    factsOf(run).map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)
  }</dl>
</header>`;
}

/** What the row is; that of a run that changes it is no description of the run. */
function leadOf(plan: Plan): string {
  const changed = plan.ownData !== undefined || ownOf(plan) !== "";
  return changed ? `Changed from the row: ${plan.summary}` : plan.summary;
}

function figuresOf(run: RunView, finished: string): Html[] {
  const { plan } = run.config, best = bestOf(run), published = publishedOf(run.config);
  const box = (name: string, value: string, note: string) =>
    markup`<div><dt>${name}</dt><dd>${value}<span class="small">${note}</span></dd></div>`;
  return [
    ...rulesOf(run).map((rule) =>
      box(`Test accuracy by ${rule.replace("-", " ")}`, percent(accuracyOf(run, rule)), finished)
    ),
    ...best.epoch === 0 ? [] : [
      box(
        "Best epoch",
        percent(best.accuracy),
        `epoch ${best.epoch}, by ${plan.scoring.replace("-", " ")}`,
      ),
    ],
    ...published === undefined ? [] : [
      box(
        "Published",
        percent(published.accuracy, 1 + Number(!Number.isInteger(1000 * published.accuracy))),
        plan.preset === "paper"
          ? published.repository
          : `${published.repository}, for the row as it stands`,
      ),
    ],
  ];
}

/** What the source of the run's row reports; nothing for one's own images. */
export function publishedOf(
  { plan }: Config,
): { accuracy: number; repository: string } | undefined {
  const { accuracy, repository } = rowOf(plan.id)?.source ?? plan.source ?? {};
  if (accuracy === undefined || repository === undefined || plan.ownData) return undefined;
  return { accuracy, repository };
}

function factsOf(run: RunView): [name: string, value: string][] {
  const { config, classNames } = run, { plan } = config, { recipe, schedule } = plan;
  const { optimizer, loss } = recipe, set = plan.ownData ? plan.dataset : titleOfSet(plan.dataset);
  const { terms, weights } = objectiveOf(loss);
  const number = (n: number | undefined) => n === undefined ? "all" : n.toLocaleString("en");
  const images = (split: "train" | "test") => {
    const own = run.distances.filter((line) => line.epoch === "1" && line.split === split);
    const seen = own.reduce((sum, line) => sum + Number(line.samples), 0);
    return seen > 0
      ? seen.toLocaleString("en")
      : number(split === "train" ? plan.trainSize : plan.testSize);
  };
  return [
    ["Data set", config.drawn ? `drawn digits, shaped as ${set}` : set],
    ["Images", `${images("train")} training, ${images("test")} test`],
    ["Classes", String(classNames.length)],
    ["Network", networkOf(recipe)],
    ["Features", `${recipe.featureDim}-D`],
    [
      "Loss",
      terms.map((term, k) =>
        `${weights[k] === 1 ? "" : `${weights[k]} x `}${term.replace("_", "-")}`
      )
        .join(" + ").replaceAll("+ -", "- "),
    ],
    ..."rule" in loss ? [["Rule of the centers", loss.rule] as [string, string]] : [],
    [
      "Optimizer",
      optimizer.kind === "adam"
        ? `Adam, lr ${optimizer.lr}`
        : `SGD, lr ${optimizer.lr}, ${
          optimizer.nesterov ? "Nesterov's momentum" : "momentum"
        } ${optimizer.momentum}, weight decay ${optimizer.weightDecay}`,
    ],
    ["Schedule", schedule.kind],
    ["Training", `${plan.epochs} epochs, batch ${recipe.batchSize}`],
    ["Adapter", adapterName(config)],
    ["Program", `commit ${config.commit.slice(0, 9)}, Deno ${config.deno}`],
  ];
}

/** Its name, and what makes it another one than the published. */
function networkOf({ network, widthFactor, blocks }: RunView["config"]["plan"]["recipe"]): string {
  return [
    typeof network === "object" ? network.kind : network,
    ...widthFactor === 1 ? [] : [`width x ${widthFactor}`],
    ...blocks === undefined ? [] : [`${blocks} blocks a group`],
  ].join(", ");
}
