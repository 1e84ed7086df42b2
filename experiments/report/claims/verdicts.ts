/** The table of a page's claims and their verdicts. */
import { type Cell, escaped, left, right, tableOf, wrapped } from "../../compare/markdown.ts";
import { type MeanAndDeviation, meanAndDeviation, shown } from "../../compare/over_seeds.ts";
import type { Plan } from "../../plan/plan.ts";
import { marked, olderLines, olderSettings } from "../older_settings.ts";
import type { Claim } from "./claim.ts";
import { Evidence, mostSeeds, type Setting, settingName, settingsIn } from "./evidence.ts";
import { FEWEST_SEEDS, judge, type Judged } from "./judge.ts";

/** A line of the table. */
export interface Verdicts {
  claim: Claim;
  /** Value and control over the seeds. */
  value: MeanAndDeviation;
  control?: MeanAndDeviation;
  judged: Judged;
  /** Under which setting, by which seeds; empty without evidence. */
  runs: string;
  /** What was trained of the rows that it reads, with the first of these seeds. */
  plans: readonly Plan[];
}

/** What one setting says of a claim. */
interface Found {
  setting: Setting;
  seeds: { seed: number; value: number; control: number; read: ReadonlySet<string> }[];
}

/**
 * Judges claims by the setting with the most seeds; of equals by the one nearest to what was published, which is decided
 * without looking at what they say.
 *
 * @param root The folder of results.
 */
export async function judgeAll(claims: readonly Claim[], root: string): Promise<Verdicts[]> {
  const settings = settingsIn(root);
  return await Promise.all(claims.map(async (claim): Promise<Verdicts> => {
    const found = await Promise.all(settings.map((setting) => evidenceOf(claim, setting)));
    const best = mostSeeds(found), seeds = best?.seeds ?? [];
    return {
      claim,
      value: meanAndDeviation(seeds.map(({ value }) => value)),
      ...(claim.control && { control: meanAndDeviation(seeds.map(({ control }) => control)) }),
      judged: judge(seeds.map(({ value, control }) => value - control), claim),
      runs: best ? await runsOf(claim, best) : "",
      plans: best ? await plansOf(best) : [],
    };
  }));
}

async function evidenceOf(claim: Claim, setting: Setting): Promise<Found> {
  const seeds = await Promise.all(setting.seeds.map(async (seed) => {
    const evidence = new Evidence(seed, setting.folder);
    const [value, control = 0] = await Promise.all([
      claim.value(evidence),
      claim.control?.value(evidence),
    ]);
    return { seed, value, control, read: evidence.read };
  }));
  return {
    setting,
    seeds: seeds.filter(({ value, control }) => Number.isFinite(value - control)),
  };
}

async function plansOf({ setting, seeds: [{ seed, read }] }: Found): Promise<Plan[]> {
  const evidence = new Evidence(seed, setting.folder);
  const plans = await Promise.all([...read].map((id) => evidence.plan(id)));
  return plans.filter((plan) => plan !== undefined);
}

async function runsOf({ of }: Claim, { setting, seeds }: Found): Promise<string> {
  const name = await settingName(setting, of, seeds[0].seed);
  return `${name}; seed${seeds.length > 1 ? "s" : ""} ${seeds.map(({ seed }) => seed).join(", ")}`;
}

/** The block of a page. */
export async function verdictLines(claims: readonly Claim[], root: string): Promise<string[]> {
  const lines = await judgeAll(claims, root), note = noteOfAll(claims);
  const table = tableOf<Verdicts>([
    left("verdict", ({ judged }) => ({ markdown: `**${judged.verdict}**` })),
    left("claim, and what was measured on each seed", (line) => claimOf(line, note)),
    right("mean", ({ value }) => inTwo(shown(value, short), "±")),
    right("control", ({ control }) => control ? inTwo(shown(control, short), "±") : "-"),
    right("holds if", ({ claim }) => boundsOf(claim)),
    right("95 % interval, less the control", ({ judged }) => inTwo(intervalOf(judged), "to")),
  ], lines);
  const own = (claims.some(({ always }) => always) ? ` ${EACH}` : "") +
    marksOf(claims);
  const older = olderLines(lines.flatMap(({ plans }) => plans));
  return [...wrapped(ABOUT + own + (note && ` ${note}`)), "", ...table, ...older];
}

const ABOUT =
  "A claim holds if the 95 % interval over the seeds lies within its bound, and does not hold if all of it " +
  `lies outside. Otherwise, and always with fewer than ${FEWEST_SEEDS} seeds, it cannot be told ` +
  "([how claims are judged](../results.md#how-claims-are-judged)).";

const EACH =
  `A claim whose bound is marked "each" is of every seed: with ${FEWEST_SEEDS} or more it holds if all values lie within ` +
  "the bound, and else does not hold.";

/** What the marks of claims mean; "" where no claim has one. */
function marksOf(claims: readonly Claim[]): string {
  const marks = [
    claims.some(({ asked }) => asked) && "marked (asked) answer a question of the source",
    claims.some(({ ours }) => ours) && "marked (ours) are our own",
  ].filter(Boolean);
  return marks.length > 0
    ? ` Claims ${marks.join(", those ")}; all others are made by the source.`
    : "";
}

/** The block that says in sentences what came out, before a reader comes to the table. */
export async function outcomeLines(claims: readonly Claim[], root: string): Promise<string[]> {
  const all = await judgeAll(claims, root), none = all.filter(({ runs }) => !runs).length;
  if (none === all.length) return wrapped("**What came out**: no runs are in the repository yet.");
  const by = (verdict: Judged["verdict"]) =>
    all.filter(({ judged, runs }) => judged.verdict === verdict && runs);
  const told = (words: string, verdict: Judged["verdict"]) => {
    const claims = by(verdict).map(({ claim }) => `"${statementOf(claim)}"`);
    return claims.length > 0 ? ` ${words}: ${claims.join("; ")}.` : "";
  };
  const runs = new Set(all.map(({ runs }) => runs).filter(Boolean));
  const settings = [...runs].map((it) => `preset ${it.replace("; ", ", ")}`).join("; ");
  const open = by("cannot be told").length, note = noteOfAll(claims);
  const share = open === all.length
    ? `None of the ${open} claims can`
    : `${open} of the ${all.length} claims cannot`;
  return wrapped(
    `**What came out** (${settings}).${told("Holds", "holds")}${
      told("Does not hold", "does not hold")
    } ${share} ` +
      `be told by these runs${
        none
          ? `, and ${none} ${
            none === 1 ? "has no run that tells it" : "have no run that tells them"
          }`
          : ""
      }.${note && ` ${note}`}`,
  );
}

/** The statement and, small below it, what was measured, a note that this claim alone has, and which runs tell it. */
function claimOf({ claim, runs, plans }: Verdicts, said: string): Cell {
  const { measured, control, note } = claim;
  const older = plans.find((plan) => olderSettings(plan));
  const below = [
    control ? `${measured}, less the control: ${control.name}` : measured,
    ...(note && runs && note !== said ? [note] : []),
    runs ? `preset ${older ? marked(runs, older) : runs}` : "no run tells it",
  ];
  const small = below.map((it) => escaped(`${it[0].toUpperCase()}${it.slice(1)}`)).join("<br>");
  return { markdown: `${escaped(statementOf(claim))}<br><sub>${small}</sub>` };
}

/** In two lines, the second beginning with the word, so that the column is narrow. */
function inTwo(text: string, word: string): Cell {
  return { markdown: text.replace(` ${word} `, `<br>${word}&nbsp;`) };
}

/** The note that all of several claims share, which is said once; else "". */
function noteOfAll([first, ...others]: readonly Claim[]): string {
  const shared = others.length > 0 && others.every(({ note }) => note === first.note);
  return shared && first.note || "";
}

function statementOf({ statement, ours, asked }: Claim): string {
  return ours ? `${statement} (ours)` : asked ? `${statement} (asked)` : statement;
}

function boundsOf({ above, below, always }: Claim): string {
  const parts = [above !== undefined && `above ${above}`, below !== undefined && `below ${below}`];
  return parts.filter(Boolean).join(", ") + (always ? ", each" : "");
}

function intervalOf({ interval: [low, high] }: Judged): string {
  return Number.isFinite(low) ? `${short(low)} to ${short(high)}` : "-";
}

/** Three digits that count, four places at most. */
function short(value: number): string {
  const text = Math.abs(value) >= 1 ? value.toPrecision(3) : value.toFixed(4);
  return Number(text) === 0 ? "0" : String(Number(text));
}
