/** What a control may be set to: a number on a scale, or one of some words. */

/** A number between two ends. */
export interface NumberField {
  kind: "number";
  label: string;
  /** One sentence: what it does. */
  help: string;
  low: number;
  high: number;
  default: number;
  /** Whether each step multiplies, so that 0.001 is as easy to find as 0.1; the lowest place is then 0 where `low` is 0. */
  log?: boolean;
  /** Smallest difference, where steps add. */
  step?: number;
}

/** One of some words or numbers. */
export interface ChoiceField {
  kind: "choice";
  label: string;
  help: string;
  choices: readonly (readonly [value: string | number, label: string])[];
  default: string | number;
}

/** A control. */
export type Field = NumberField | ChoiceField;

/** Orders of magnitude from the second-lowest place of a scale that begins with 0 to its end. */
const DECADES = 4;

/** The number at a place from 0 to 1 of a scale. */
export function numberAt(field: NumberField, place: number): number {
  const { low, high, log, step = 0.01 } = field;
  const within = (value: number) => Math.min(high, Math.max(low, value));
  if (!log) {
    // As it is written: 0.57, and not 0.5700000000000001.
    return within(Number((low + Math.round((high - low) * place / step) * step).toFixed(4)));
  }
  if (low === 0 && place <= 0) return 0;
  const from = low > 0 ? low : high / 10 ** DECADES;
  return within(Number((from * (high / from) ** place).toPrecision(2)));
}

/** The place of a number, from 0 to 1. */
export function placeOf(field: NumberField, value: number): number {
  const { low, high, log } = field;
  if (!log) return (value - low) / (high - low);
  const from = low > 0 ? low : high / 10 ** DECADES;
  return value <= 0 ? 0 : Math.min(1, Math.max(0, Math.log(value / from) / Math.log(high / from)));
}

/** The value that a text means; undefined where the control cannot have it. */
export function parseValue(field: Field, text: string): number | string | undefined {
  if (field.kind === "choice") {
    return field.choices.find(([value]) => String(value) === text)?.[0];
  }
  const value = Number(text);
  if (text.trim() === "" || field.step === 1 && !Number.isInteger(value)) return undefined;
  return value >= field.low && value <= field.high ? value : undefined;
}
