/** Things that come one after the other, of which at most so many are kept: evenly spaced from the first on, and the latest. */
export class Thinned<T> {
  readonly #most: number;
  #items: T[] = [];
  #came = 0;
  /** Of so many one is kept: the others go when they are the latest no more. */
  #stride = 1;

  /** @param most How many are kept. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Those that are kept, in order: the first, the latest, and what lies evenly between them. */
  get items(): readonly T[] {
    return this.#items;
  }

  /** Adds the latest. */
  add(item: T): void {
    if (this.#came > 0 && (this.#came - 1) % this.#stride !== 0) this.#items.pop();
    this.#came++;
    this.#items.push(item);
    if (this.#items.length <= this.#most) return;
    this.#stride *= 2;
    this.#items = this.#items.filter((it, i) => i % 2 === 0 || it === item);
  }
}
