/** The line of a run on a terminal, as text: of no more columns than there are. */
import { duration, percent } from "../../../src/base/format.ts";

/** Where an epoch stands, as far as it is known. */
export interface BarState {
  /** Which run of how many, with what parts it from the rest; empty for a run by itself. */
  prefix: string;
  epoch: number;
  epochs: number;
  /** Steps whose results were read. */
  done: number;
  steps: number;
  /** Seconds; not known before the second wait. */
  perStep?: number;
  /** Seconds of this run, and of those after it, when this was known. */
  left?: number;
  after?: number;
  loss?: number;
  accuracy?: number;
  /** Images a step. */
  batchSize: number;
}

const SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏", PARTS = " ▏▎▍▌▋▊▉█";
const WIDEST = 20, NARROWEST = 6;

/**
 * The line, some time after what it tells was known: the bar goes on at the pace of the steps so far, and the number beside
 * it is that of the steps that were read.
 *
 * @param elapsed Seconds since then.
 * @param tick Counts the lines: one sign of them changes every time.
 */
export function barText(state: BarState, elapsed: number, tick: number, columns: number): string {
  const { prefix, epoch, epochs, done, steps, perStep, loss, accuracy, batchSize, after } = state;
  const now = perStep ? Math.min(steps, done + elapsed / perStep) : done;
  const left = state.left === undefined ? undefined : Math.max(0, state.left - elapsed);
  const head = `${spinner(tick)} ${prefix}epoch ${epoch}/${epochs}`;
  // The first of them goes first where there is no room.
  const droppable = [
    after && left !== undefined ? `${duration(left + after)} with the runs after it` : "",
    perStep ? `${(batchSize / perStep).toFixed(0)} images/s` : "",
    loss === undefined ? "" : `loss ${loss.toPrecision(4)}`,
    accuracy === undefined ? "" : `accuracy ${percent(accuracy)}`,
    left === undefined ? "" : `${duration(left)} left`,
  ];
  for (let from = 0; from <= droppable.length; from++) {
    const kept = droppable.slice(from).filter(Boolean);
    const rest = [`${done}/${steps}`, ...kept.reverse()].join("  ");
    const room = columns - head.length - rest.length - 2;
    if (room >= NARROWEST) {
      return `${head} ${bar(now / steps, Math.min(WIDEST, room))} ${rest}`;
    }
  }
  return fitted(head, columns);
}

/** Eight parts of a column are the least that moves. */
function bar(share: number, columns: number): string {
  const eighths = Math.round(8 * columns * share), whole = Math.floor(eighths / 8);
  const part = whole < columns ? PARTS[eighths % 8] : "";
  return ("█".repeat(whole) + part).padEnd(columns, " ").replaceAll(" ", "░");
}

/** A sign that changes with every tick. */
export function spinner(tick: number): string {
  return SPINNER[tick % SPINNER.length];
}

/** A text of no more columns than that. */
export function fitted(text: string, columns: number): string {
  const letters = [...text];
  return letters.length <= columns ? text : `${letters.slice(0, columns - 1).join("")}…`;
}
