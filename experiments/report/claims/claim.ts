/** A claim as data: what is said, and which number decides. */
import type { Bounds } from "./judge.ts";
import type { Evidence } from "./evidence.ts";

/** The note of a claim that was written when all seeds that judge it were known. */
export const WRITTEN_AFTER = "Written when all of these seeds were known";

/** A number of one seed; NaN where there is no evidence. */
export type Measure = (seed: Evidence) => number | Promise<number>;

/**
 * A claim of a page: what its source says, or a question of ours beside it. Measure, control and bounds are written before the
 * runs that judge it are looked at; where some were known, the page says which. A claim is added here, and to prose only as an
 * explanation.
 */
export interface Claim extends Bounds {
  /** What is claimed, in a sentence. */
  statement: string;
  /** The source does not say it: the question is ours. */
  ours?: true;
  /** The source asks and does not answer; the claim is the answer that its question suggests. */
  asked?: true;
  /** The row or study whose runs judge it. */
  of: string;
  /** What is measured, in words. */
  measured: string;
  value: Measure;
  /** What the value must differ from: the bounds are those of the value less this. */
  control?: { name: string; value: Measure };
  /** What a reader must know beside the verdict: what favours the claim, or speaks against the comparison. */
  note?: string;
}
