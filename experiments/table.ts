/** A CSV file that grows by an epoch at a time, and can be cut back to an epoch. */
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

  /** Takes up what an earlier run wrote, up to and including an epoch. */
  async load(lastEpoch: number): Promise<void> {
    const bytes = await readIfThere(this.#path);
    const lines = bytes ? new TextDecoder().decode(bytes).split("\n").slice(1) : [];
    this.#lines = lines.filter((line) => line !== "" && Number(line.split(",")[0]) <= lastEpoch);
  }

  /** A column as numbers. */
  column(name: string): number[] {
    const at = this.#header.indexOf(name);
    return this.#lines.map((line) => Number(line.split(",")[at] || NaN));
  }
}
