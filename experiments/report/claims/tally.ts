/** How many claims hold, page by page. */
import { left, right, tableOf } from "../../compare/markdown.ts";
import type { Claim } from "./claim.ts";
import { judgeAll } from "./verdicts.ts";

/** A line of the table: numbers of claims. */
interface Tally {
  name: string;
  claims: number;
  holds: number;
  not: number;
  open: number;
  unrun: number;
}

/**
 * The table of all pages, and their sum.
 *
 * @param pages Claims by the name of their page in `docs/experiments/`.
 * @param root The folder of results.
 */
export async function tallyLines(
  pages: Readonly<Record<string, readonly Claim[]>>,
  root: string,
): Promise<string[]> {
  const tallies = await Promise.all(
    Object.entries(pages).map(([page, claims]) => tally(page, claims, root)),
  );
  const sum = (of: keyof Omit<Tally, "name">) => tallies.reduce((all, it) => all + it[of], 0);
  const all = {
    name: "all",
    ...{ claims: sum("claims"), holds: sum("holds"), not: sum("not") },
    ...{ open: sum("open"), unrun: sum("unrun") },
  };
  return tableOf<Tally>([
    left("page", ({ name }) => ({
      markdown: name === all.name ? name : `[${name}](experiments/${name}.md)`,
    })),
    right("claims", ({ claims }) => `${claims}`),
    right("hold", ({ holds }) => `${holds}`),
    right("do not hold", ({ not }) => `${not}`),
    right("cannot be told", ({ open }) => `${open}`),
    right("no run yet", ({ unrun }) => `${unrun}`),
  ], [...tallies, all]);
}

async function tally(name: string, claims: readonly Claim[], root: string): Promise<Tally> {
  const judged = await judgeAll(claims, root);
  const told = judged.filter(({ runs }) => runs).map(({ judged: { verdict } }) => verdict);
  const of = (verdict: typeof told[number]) => told.filter((it) => it === verdict).length;
  return {
    ...{ name, claims: claims.length, unrun: claims.length - told.length },
    ...{ holds: of("holds"), not: of("does not hold"), open: of("cannot be told") },
  };
}
