/** A CSV file that grows epoch by epoch, and can be cut back to the lines up to an epoch. */
import { join } from "../../src/base/path.ts";
import { csvLine } from "../../src/base/csv.ts";
import type { RunError } from "../../src/base/errors.ts";
import { readIfThere } from "../../src/base/files.ts";
import { sha256 } from "../../src/base/sha256.ts";
import { refusal } from "./refusal.ts";

/** Lines whose first field is the epoch. */
export class EpochCsv {
  /** Its name in the run folder. */
  readonly name: string;
  readonly #path: string;
  readonly #header: readonly string[];
  #lines: string[] = [];

  constructor(folder: string, name: string, header: readonly string[]) {
    this.name = name;
    this.#path = join(folder, name);
    this.#header = header;
  }

  /** Adds a line; nothing is written yet. */
  add(...fields: (string | number)[]): void {
    if (fields.length !== this.#header.length) {
      throw new TypeError(
        `${this.#path}: ${fields.length} fields under ${this.#header.length} names`,
      );
    }
    this.#lines.push(csvLine(fields));
  }

  /** The text of the file. */
  text(): string {
    return [this.#header.join(","), ...this.#lines, ""].join("\n");
  }

  /**
   * Reads the lines that an earlier process wrote, up to and including an epoch.
   *
   * @param digest SHA-256 of the file as it was after that epoch, if it is known.
   * @throws {RunError} When the file is missing or another table, lacks lines of an epoch, or its digest is another.
   */
  async load(lastEpoch: number, digest?: string): Promise<void> {
    const bytes = await readIfThere(this.#path);
    if (!bytes && lastEpoch > 0) throw this.refusal("is not there", lastEpoch);
    const [header = "", ...all] = bytes ? new TextDecoder().decode(bytes).split("\n") : [];
    if (bytes && header !== this.#header.join(",")) {
      throw this.refusal("does not have the columns of this run", lastEpoch);
    }
    const lines = all.filter((line) => line !== "" && Number(line.split(",")[0]) <= lastEpoch);
    this.#checkWhole(lines, lastEpoch);
    this.#lines = lines;
    if (digest !== undefined && digest !== await sha256(this.text())) {
      throw this.refusal("is damaged: its lines are not those that were written", lastEpoch);
    }
  }

  /** Checks that each epoch has as many lines as the first, and each line as many fields as the header. */
  #checkWhole(lines: readonly string[], lastEpoch: number): void {
    const counts = new Array<number>(lastEpoch).fill(0);
    for (const fields of lines.map((line) => line.split(","))) {
      if (fields.length === this.#header.length) counts[Number(fields[0]) - 1]++;
    }
    const epoch = counts.findIndex((count) => count === 0 || count !== counts[0]) + 1;
    if (epoch > 0) throw this.refusal(`lacks lines of epoch ${epoch}`, lastEpoch);
    if (lines.length !== counts.reduce((a, b) => a + b, 0)) {
      throw this.refusal("has lines of no epoch", lastEpoch);
    }
  }

  /** The error of a file that a resume cannot use. */
  refusal(state: string, lastEpoch: number): RunError {
    return refusal(
      `${this.#path} ${state}, but the checkpoint is that of epoch ${lastEpoch}`,
      "put the file back",
    );
  }

  /** The lines of an epoch, each by the names of its columns. */
  linesOf(epoch: number): Record<string, string>[] {
    return this.#lines.filter((line) => line.startsWith(`${epoch},`)).map((line) => {
      const fields = line.split(",");
      return Object.fromEntries(this.#header.map((name, i) => [name, fields[i]]));
    });
  }

  /** A column as text. */
  fields(name: string): string[] {
    const at = this.#header.indexOf(name);
    return this.#lines.map((line) => line.split(",")[at]);
  }

  /** Gives a column other fields. */
  replace(name: string, fields: readonly string[]): void {
    const at = this.#header.indexOf(name);
    this.#lines = this.#lines.map((line, i) => line.split(",").with(at, fields[i]).join(","));
  }

  /** A column as numbers. */
  column(name: string): number[] {
    return this.fields(name).map((field) => Number(field || NaN));
  }
}
