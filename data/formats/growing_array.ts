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

/**
 * A typed array that grows at its end. Memory takes up space once it is written to: room for all that may come, asked for at
 * once, costs nothing, while growing beyond it copies.
 */
export class GrowingArray<Numbers extends Uint8Array | Int32Array> {
  /** How many numbers there are. */
  length = 0;
  readonly #kind: Kind<Numbers>;
  #buffer: ArrayBuffer;

  /**
   * @param kind Such as `Uint8Array`.
   * @param room For how many numbers there is memory from the beginning.
   */
  constructor(kind: Kind<Numbers>, room = 0) {
    this.#kind = kind;
    this.#buffer = new ArrayBuffer(Math.max(FIRST, room * kind.BYTES_PER_ELEMENT));
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

  /** All of them, where they lie: nothing can be added afterwards. */
  finish(): Numbers {
    return new this.#kind(this.#buffer, 0, this.length);
  }
}
