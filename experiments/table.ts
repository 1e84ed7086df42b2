/** A CSV file that grows by an epoch at a time, and can be cut back to an epoch. */
import { RunError } from "../src/errors.ts";
import { readIfThere, writeWhole } from "./files.ts";

/** A value of a line; NaN becomes an empty field. */
export type Field = string | number;

/** Lines whose first field is the epoch. */
export class Table {
  readonly #path: string;
  readonly #header: readonly string[];
  #lines: string[] = [];

  constructor(path: string, header: readonly string[]) {
    this.#path = path;
    this.#header = header;
  }

  /** Adds a line; nothing is written yet. */
  add(...fields: Field[]): void {
    if (fields.length !== this.#header.length) {
      throw new TypeError(
        `${this.#path}: ${fields.length} fields under ${this.#header.length} names`,
      );
    }
    this.#lines.push(
      fields.map((f) => typeof f === "number" && Number.isNaN(f) ? "" : String(f)).join(","),
    );
  }

  /** Writes the file anew, whole. */
  async save(): Promise<void> {
    await writeWhole(this.#path, [this.#header.join(","), ...this.#lines, ""].join("\n"));
  }

  /**
   * Takes up what an earlier run wrote, up to and including an epoch.
   *
   * @throws {RunError} When the file is missing, another table, or lacks lines of an epoch up to there.
   */
  async load(lastEpoch: number): Promise<void> {
    const bytes = await readIfThere(this.#path);
    if (!bytes && lastEpoch > 0) throw this.#refusal("is not there", lastEpoch);
    const [header = "", ...all] = bytes ? new TextDecoder().decode(bytes).split("\n") : [];
    if (bytes && header !== this.#header.join(",")) {
      throw this.#refusal("does not have the columns of this run", lastEpoch);
    }
    const lines = all.filter((line) => line !== "" && Number(line.split(",")[0]) <= lastEpoch);
    this.#checkWhole(lines, lastEpoch);
    this.#lines = lines;
  }

  /** Each epoch has as many lines as the first, and each line as many fields as the header. */
  #checkWhole(lines: readonly string[], lastEpoch: number): void {
    const counts = new Array<number>(lastEpoch).fill(0);
    for (const fields of lines.map((line) => line.split(","))) {
      if (fields.length === this.#header.length) counts[Number(fields[0]) - 1]++;
    }
    const epoch = counts.findIndex((count) => count === 0 || count !== counts[0]) + 1;
    if (epoch > 0) throw this.#refusal(`lacks lines of epoch ${epoch}`, lastEpoch);
    if (lines.length !== counts.reduce((a, b) => a + b, 0)) {
      throw this.#refusal("has lines of no epoch", lastEpoch);
    }
  }

  #refusal(state: string, lastEpoch: number): RunError {
    return new RunError(
      `${this.#path} ${state}, but the checkpoint is that of epoch ${lastEpoch}: put the file back, ` +
        "or start again with --overwrite",
    );
  }

  /** A column as numbers. */
  column(name: string): number[] {
    const at = this.#header.indexOf(name);
    return this.#lines.map((line) => Number(line.split(",")[at] || NaN));
  }
}
