/**
 * Numbers of which it is not known how many will come.
 *
 * @module
 */

/** A kind of typed array. */
interface Kind<Numbers> {
  new (buffer: ArrayBuffer, offset: number, length: number): Numbers;
  readonly BYTES_PER_ELEMENT: number;
}

/** The room to begin with, in bytes. */
const FIRST = 1 << 16;

/** A typed array that grows at its end: its memory is doubled where the system can without a copy. */
export class GrowingArray<Numbers extends Uint8Array | Int32Array> {
  /** How many numbers there are. */
  length = 0;
  readonly #kind: Kind<Numbers>;
  #buffer = new ArrayBuffer(FIRST);

  /** @param kind Such as `Uint8Array`. */
  constructor(kind: Kind<Numbers>) {
    this.#kind = kind;
  }

  /** Room for `count` numbers at the end, to be written before the next is asked for. */
  add(count: number): Numbers {
    const size = this.#kind.BYTES_PER_ELEMENT, from = this.length;
    this.length += count;
    const needed = size * this.length;
    if (needed > this.#buffer.byteLength) {
      this.#buffer = this.#buffer.transfer(Math.max(needed, 2 * this.#buffer.byteLength));
    }
    return new this.#kind(this.#buffer, size * from, count);
  }

  /** All of them; nothing can be added afterwards. */
  finish(): Numbers {
    this.#buffer = this.#buffer.transfer(this.#kind.BYTES_PER_ELEMENT * this.length);
    return new this.#kind(this.#buffer, 0, this.length);
  }
}
